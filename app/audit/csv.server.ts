import { stringify } from "csv-stringify/sync";
import { and } from "drizzle-orm";
import type { Grant } from "#app/request/grant.server.ts";
import { ENTRIES_PER_CHUNK } from "./limits.ts";
import { cursorOf, type EntryRow, entryRows, matching, newestFirst, older } from "./log.server.ts";
import type { AuditFilter } from "./schemas.ts";

const COLUMNS = ["time", "actor", "actor_id", "action", "target", "before", "after", "address", "sequence", "hash"];

/** Spreadsheets take a file for UTF-8 when it begins so. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * The log as CSV (RFC 4180), newest first. Written while it is read, a chunk a trip, so its length costs no memory. Cells that a
 * spreadsheet would run as a formula are escaped (OWASP, "CSV Injection").
 */
export function auditCsv(grant: Grant<"audit:read">, filter: AuditFilter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let last: string | undefined;
  let isBegun = false;
  return new ReadableStream({
    async pull(controller) {
      const where = and(matching(grant.organizationId, filter), older(last));
      const rows = await entryRows(grant.db, where)
        .orderBy(...newestFirst)
        .limit(ENTRIES_PER_CHUNK);
      const head = isBegun ? "" : BYTE_ORDER_MARK + stringify([COLUMNS], { record_delimiter: "windows" });
      controller.enqueue(encoder.encode(head + linesOf(rows)));
      isBegun = true;
      const end = rows.at(-1);
      last = end && cursorOf(end);
      if (rows.length < ENTRIES_PER_CHUNK) controller.close();
    },
  });
}

function linesOf(rows: readonly EntryRow[]): string {
  const cells = rows.map((row) => [
    row.at.toISOString(),
    row.actorName,
    row.actorId,
    row.action,
    row.targetName,
    row.before && JSON.stringify(row.before),
    row.after && JSON.stringify(row.after),
    row.ipAddress,
    row.sequence,
    row.hash,
  ]);
  return stringify(cells, { record_delimiter: "windows", escape_formulas: true });
}
