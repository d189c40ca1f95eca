import { read } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { logAsCsv } from "./csv.server.ts";
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
  answer: logAsCsv,
});
