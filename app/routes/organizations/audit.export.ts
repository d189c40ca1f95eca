import { auditCsv } from "#app/audit/csv.server.ts";
import { AuditFilter } from "#app/audit/schemas.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: AuditFilter,
  authenticate: "session",
  authorize: "audit:read",
  execute: () => answer(null),
  answer: async (_none, grant, { organization: _, ...filter }) =>
    new Response(await grant.streamed(auditCsv(grant, filter)), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${grant.organization.slug}-audit-${grant.now.toISOString().slice(0, 10)}.csv"`,
      },
    }),
});
