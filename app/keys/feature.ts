import type { Feature } from "#app/tenancy/feature.ts";

export const keys = {
  slugs: ["keys"],
} as const satisfies Feature;
