import { read } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { logAsCsv } from "./csv.server.ts";
import { auditPage, entriesAfter } from "./log.server.ts";
import { AuditFilter, AuditVisit, EntriesInPages } from "./schemas.ts";

export const listEntries = read({
  validate: AuditVisit,
  authenticate: "session",
  authorize: "audit:read",
  execute: auditPage,
});

export const browseEntries = read({
  validate: EntriesInPages,
  authenticate: "session",
  authorize: "audit:read",
  execute: entriesAfter,
});

export const exportLog = read({
  validate: AuditFilter,
  authenticate: "session",
  authorize: "audit:read",
  execute: nothing,
  answer: logAsCsv,
});
