import type { Grant } from "#app/operation/grant.server.ts";
import { csvHead, csvLines } from "#app/text/csv.server.ts";
import { actorName } from "./actor-name.ts";
import { type EntryRow, entriesInChunks } from "./log.server.ts";
import type { AuditFilter } from "./schemas.ts";

const COLUMNS = [
  "time",
  "actor",
  "actor_kind",
  "actor_id",
  "via",
  "action",
  "target",
  "before",
  "after",
  "address",
  "sequence",
  "hash",
];

/** Yields chunks of one round trip each. */
export async function* auditCsv(grant: Grant<"audit:read">, filter: AuditFilter): AsyncGenerator<string> {
  let head = csvHead(COLUMNS);
  for await (const rows of entriesInChunks(grant, filter)) {
    yield head + linesOf(rows);
    head = "";
  }
}

function linesOf(rows: readonly EntryRow[]): string {
  return csvLines(
    rows.map((row) => [
      row.at.toISOString(),
      actorName({ id: row.actorId, name: row.actorName }),
      row.actorKind,
      row.actorId,
      row.via,
      row.action,
      row.targetName,
      row.before && JSON.stringify(row.before),
      row.after && JSON.stringify(row.after),
      row.ipAddress,
      row.sequence,
      row.hash,
    ]),
  );
}
