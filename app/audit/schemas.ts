import { z } from "zod";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { auditActions } from "./actions.ts";

const unset = z.literal("").transform(() => undefined);

const Day = z.union([unset, z.iso.date()]).optional();

const Cursor = z.string().regex(/^\d{1,15}\.[\w-]{1,64}$/);

/** `from` and `to` are days of UTC, both included. */
const Filter = {
  actor: z.union([unset, z.string().max(64)]).optional(),
  action: z.union([unset, z.enum(auditActions)]).optional(),
  from: Day,
  to: Day,
};

export const EntriesInPages = inPages("audit", Filter);
export type EntriesInPages = z.infer<typeof EntriesInPages>;

export const AuditFilter = InOrganization.extend(Filter);
export type ExportLog = z.infer<typeof AuditFilter>;
export type AuditFilter = Omit<ExportLog, "organization">;

/** `before`: older entries than this one; `after`: newer ones. */
export const AuditVisit = AuditFilter.extend({ before: Cursor.optional(), after: Cursor.optional() });
export type AuditVisit = z.infer<typeof AuditVisit>;
