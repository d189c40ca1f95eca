import type { Feature } from "#app/tenancy/feature.ts";
import { admins } from "#app/tenancy/roles.ts";

export const keys = {
  permissions: { "key:read": admins, "key:manage": admins },
  personal: ["key:manage"],
  actions: ["key.created", "key.rotated", "key.revoked"],
  messages: { keys: "settings", keys_told: "browsing", key: "signed-in" },
  slugs: ["key", "keys"],
} as const satisfies Feature;
