import type { Feature } from "#app/tenancy/feature.ts";

export const palette = { messages: { palette: "signed-in" } } as const satisfies Feature;
