import { auditPage } from "#app/audit/log.server.ts";
import { AuditVisit } from "#app/audit/schemas.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: AuditVisit,
  authenticate: "session",
  authorize: "audit:read",
  execute: (scope, { organization: _, ...visit }) => auditPage(scope, visit),
  answer: (page) => Response.json(page),
});
