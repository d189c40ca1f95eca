import { features } from "#app/features.ts";

/** A language comes to the browser in parts: "everybody" with every page, each other one with the pages that say it. */
export const catalogParts = ["everybody", "landing", "account", "signed-in", "settings"] as const;
export type CatalogPart = (typeof catalogParts)[number];

const partsByArea: Record<string, CatalogPart> = Object.assign(
  { common: "everybody", errors: "everybody", landing: "landing" },
  ...features.map(({ messages }) => messages),
);

/** The `handle` of a route that imports `messages-of/…`, so that the document asks for those parts at once. */
export type SpeaksOf = readonly CatalogPart[];

/** The part that a key of the messages belongs to; null: no browser needs it, as mails are written on the server. */
export function partOf(key: string): CatalogPart | null {
  const [area = ""] = key.split("_");
  return partsByArea[area] ?? null;
}
