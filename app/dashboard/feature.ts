import type { Feature } from "#app/tenancy/feature.ts";
import { everyone } from "#app/tenancy/roles.ts";

export const dashboard = {
  permissions: { "dashboard:read": everyone },
  messages: { dashboard: "signed-in" },
  slugs: ["dashboard"],
} as const satisfies Feature;
