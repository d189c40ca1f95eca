import type { Feature } from "#app/tenancy/feature.ts";
import { owners } from "#app/tenancy/roles.ts";

export const audit = {
  permissions: { "audit:read": owners },
  messages: {
    audit: "signed-in",
    audit_filter: "settings",
    audit_empty: "settings",
    audit_export: "settings",
    audit_newer: "settings",
    audit_older: "settings",
    audit_show_all: "settings",
    audit_none: "settings",
    audit_description: "settings",
    log: "settings",
  },
  slugs: ["audit"],
} as const satisfies Feature;
