import { features } from "#app/features.ts";

/** A language comes to the browser in parts: "everybody" with every page, each other one with the pages that say it. */
export const catalogParts = ["everybody", "landing", "account", "signed-in", "settings"] as const;
export type CatalogPart = (typeof catalogParts)[number];

const partsByArea: Record<string, CatalogPart> = Object.assign(
  { common: "everybody", errors: "everybody", landing: "landing", developers: "landing" },
  ...features.map(({ messages }) => messages),
);

export type SpeaksOf = readonly CatalogPart[];

/** Null: the Worker alone says it, as mails and refusals. */
export function partOf(key: string): CatalogPart | null {
  const [area = ""] = key.split("_");
  return partsByArea[area] ?? null;
}
