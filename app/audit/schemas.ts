import { z } from "zod";
import { unlessEmpty } from "#app/fields/unless-empty.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
import { auditActions } from "./actions.ts";
import { isReversed } from "./log-place.ts";

const Cursor = z.string().regex(/^\d{1,15}\.[\w-]{1,64}$/);

const Filter = z.object({
  actor: z.string().max(64).describe("The ID of a person or a key."),
  action: z.enum(auditActions),
  from: z.iso.date().describe("The first day (UTC), included."),
  to: z.iso.date().describe("The last day (UTC), included."),
  search: z
    .string()
    .transform(nameOf)
    .describe("Part of the name of the target or the actor, or the beginning of an IP address."),
});

/** Refuses a range that ends before it begins. The page does not use this: it shows the filter with the message at its field. */
function inOrder<S extends z.ZodType<Parameters<typeof isReversed>[0]>>(schema: S): S {
  return schema.superRefine((range, context) => {
    if (!isReversed(range)) return;
    context.addIssue({ code: "custom", path: ["to"], message: m.log_days_reversed() });
  });
}

export const EntriesInPages = inOrder(inPages("audit", Filter.partial().shape));
export type EntriesInPages = z.infer<typeof EntriesInPages>;

export const AuditFilter = InOrganization.extend({
  actor: unlessEmpty(Filter.shape.actor),
  action: unlessEmpty(Filter.shape.action),
  from: unlessEmpty(Filter.shape.from),
  to: unlessEmpty(Filter.shape.to),
  search: Filter.shape.search.transform((words) => (words === "" ? undefined : words)).optional(),
});
export type AuditFilter = Omit<z.infer<typeof AuditFilter>, "organization">;

export const ExportVisit = inOrder(AuditFilter.extend({ format: z.enum(["csv", "json"]).default("csv") }));
export type ExportVisit = z.infer<typeof ExportVisit>;

export const OneEntry = InOrganization.extend({ entry: z.string().regex(/^[\w-]{1,64}$/) });
export type OneEntry = z.infer<typeof OneEntry>;

/** `before` is for older entries than this one, `after` for newer ones. */
export const AuditVisit = AuditFilter.extend({ before: Cursor.optional(), after: Cursor.optional() });
export type AuditVisit = z.infer<typeof AuditVisit>;
