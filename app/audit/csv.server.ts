import { stringify } from "csv-stringify/sync";
import { and } from "drizzle-orm";
import type { Grant } from "#app/operation/grant.server.ts";
import type { Download } from "#app/operation/operation.server.ts";
import { withoutDirections } from "#app/text/isolation.ts";
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

/** Spreadsheets take a file for UTF-8 when it begins so. */
const BYTE_ORDER_MARK = "\ufeff";

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

/** RFC 4180, in pieces of one trip each. Cells that a spreadsheet would run as a formula are escaped (OWASP, "CSV Injection"). */
async function* auditCsv(grant: Grant<"audit:read">, filter: AuditFilter): AsyncGenerator<string> {
  let head = BYTE_ORDER_MARK + stringify([COLUMNS], { record_delimiter: "windows" });
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
  const cells = rows.map((row) => [
    row.at.toISOString(),
    withoutDirections(actorName({ id: row.actorId, name: row.actorName })),
    row.actorKind,
    row.actorId,
    row.via && withoutDirections(row.via),
    row.action,
    row.targetName && withoutDirections(row.targetName),
    row.before && withoutDirections(JSON.stringify(row.before)),
    row.after && withoutDirections(JSON.stringify(row.after)),
    row.ipAddress,
    row.sequence,
    row.hash,
  ]);
  return stringify(cells, { record_delimiter: "windows", escape_formulas: true });
}
