import { z } from "zod";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
import { auditActions } from "./actions.ts";

/** A form sends a field that nobody filled. */
function unlessEmpty<S extends z.ZodType>(schema: S) {
  return z.union([z.literal("").transform(() => undefined), schema]).optional();
}

const Cursor = z.string().regex(/^\d{1,15}\.[\w-]{1,64}$/);

const Filter = z.object({
  actor: z.string().max(64).describe("The id of a person or a key."),
  action: z.enum(auditActions),
  from: z.iso.date().describe("A day of UTC, included."),
  to: z.iso.date().describe("A day of UTC, included."),
  search: z
    .string()
    .transform(nameOf)
    .describe("A part of the name of what it is about or of who did it, or the start of an IP address."),
});

export const EntriesInPages = inPages("audit", Filter.partial().shape);
export type EntriesInPages = z.infer<typeof EntriesInPages>;

export const AuditFilter = InOrganization.extend({
  actor: unlessEmpty(Filter.shape.actor),
  action: unlessEmpty(Filter.shape.action),
  from: unlessEmpty(Filter.shape.from),
  to: unlessEmpty(Filter.shape.to),
  search: Filter.shape.search.transform((words) => (words === "" ? undefined : words)).optional(),
});
export type AuditFilter = Omit<z.infer<typeof AuditFilter>, "organization">;

export const ExportVisit = AuditFilter.extend({ format: z.enum(["csv", "json"]).default("csv") });
export type ExportVisit = z.infer<typeof ExportVisit>;

export const OneEntry = InOrganization.extend({ entry: z.string().regex(/^[\w-]{1,64}$/) });
export type OneEntry = z.infer<typeof OneEntry>;

/** `before`: older entries than this one; `after`: newer ones. */
export const AuditVisit = AuditFilter.extend({ before: Cursor.optional(), after: Cursor.optional() });
export type AuditVisit = z.infer<typeof AuditVisit>;
