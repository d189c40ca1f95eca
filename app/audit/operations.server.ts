import { read } from "#app/request/operations.server.ts";
import { nothing } from "#app/request/plan.ts";
import { exportedLog } from "./csv.server.ts";
import { auditPage } from "./log.server.ts";
import { AuditFilter, AuditVisit } from "./schemas.ts";

export const listEntries = read({
  validate: AuditVisit,
  authenticate: "session",
  authorize: "audit:read",
  execute: auditPage,
});

export const exportLog = read({
  validate: AuditFilter,
  authenticate: "session",
  authorize: "audit:read",
  execute: nothing,
  answer: exportedLog,
});
