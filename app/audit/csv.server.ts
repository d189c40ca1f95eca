import { and } from "drizzle-orm";
import type { Grant } from "#app/operation/grant.server.ts";
import type { Download } from "#app/operation/operation.server.ts";
import { csvHead, csvLines } from "#app/text/csv.server.ts";
import { actorName } from "./actor-name.ts";
import { ENTRIES_PER_CHUNK } from "./limits.ts";
import { cursorOf, type EntryRow, entryRows, isMatch, isOlder, newestFirst } from "./log.server.ts";
import type { AuditFilter, ExportLog } from "./schemas.ts";

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

export async function logAsCsv(
  _access: unknown,
  grant: Grant<"audit:read">,
  { organization: _, ...filter }: ExportLog,
): Promise<Download> {
  return {
    name: `${grant.organization.slug}-audit-${grant.now.toISOString().slice(0, 10)}.csv`,
    type: "text/csv; charset=utf-8",
    body: await grant.stream(auditCsv(grant, filter)),
  };
}

/** In pieces of one trip each. */
async function* auditCsv(grant: Grant<"audit:read">, filter: AuditFilter): AsyncGenerator<string> {
  let head = csvHead(COLUMNS);
  for (let last: string | undefined; ; ) {
    const rows = await entryRows(grant, and(isMatch(filter), isOlder(last)))
      .orderBy(...newestFirst)
      .limit(ENTRIES_PER_CHUNK);
    yield head + linesOf(rows);
    head = "";
    const end = rows.at(-1);
    if (end === undefined || rows.length < ENTRIES_PER_CHUNK) return;
    last = cursorOf(end);
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
