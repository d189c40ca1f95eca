import type { Grant } from "#app/operation/grant.server.ts";
import type { Download } from "#app/operation/operation.server.ts";
import { entryAnswer } from "./answers.ts";
import { auditCsv } from "./csv.server.ts";
import { entriesInChunks, toEntry } from "./log.server.ts";
import type { AuditFilter, ExportVisit } from "./schemas.ts";

const formats = {
  csv: { type: "text/csv; charset=utf-8", write: auditCsv },
  json: { type: "application/json; charset=utf-8", write: auditJson },
};

export async function logAsFile(
  _access: unknown,
  grant: Grant<"audit:read">,
  { organization: _, format, ...filter }: ExportVisit,
): Promise<Download> {
  const { type, write } = formats[format];
  return {
    name: `${grant.organization.slug}-audit-${grant.now.toISOString().slice(0, 10)}.${format}`,
    type,
    body: await grant.stream(write(grant, filter)),
  };
}

/** Yields one JSON array, with an entry per line and the field names of the API, in chunks of one round trip each. */
async function* auditJson(grant: Grant<"audit:read">, filter: AuditFilter): AsyncGenerator<string> {
  let before = "[\n";
  for await (const rows of entriesInChunks(grant, filter)) {
    const lines = rows.map((row) => {
      const { targetId, userAgent, requestId, sequence, hash } = row;
      return JSON.stringify({ ...entryAnswer(toEntry(row)), targetId, userAgent, requestId, sequence, hash });
    });
    yield before + lines.join(",\n");
    before = lines.length > 0 ? ",\n" : before;
  }
  yield "\n]\n";
}
