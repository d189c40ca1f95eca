import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { checkChain } from "./check.server.ts";
import { entryDetails } from "./entry.server.ts";
import { logAsFile } from "./export.server.ts";
import { auditPage, entriesAfter } from "./log.server.ts";
import { AuditVisit, EntriesInPages, ExportVisit, OneEntry } from "./schemas.ts";

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
  validate: ExportVisit,
  authenticate: "session",
  authorize: "audit:read",
  execute: nothing,
  answer: logAsFile,
});

export const showEntry = read({
  validate: OneEntry,
  authenticate: "session",
  authorize: "audit:read",
  execute: entryDetails,
});

export const verifyLog = write({
  validate: InOrganization,
  authenticate: "session",
  authorize: "audit:read",
  limit: changeLimit,
  execute: checkChain,
  refused: {},
});
