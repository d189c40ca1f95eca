import { features } from "#app/features.ts";

/** A language comes to the browser in parts: "everybody" with every page, each other one with the pages that say it. */
export const catalogParts = [
  "everybody",
  "landing",
  "account",
  "account-more",
  "signed-in",
  "settings",
  "browsing",
] as const;
export type CatalogPart = (typeof catalogParts)[number];

const partsByArea: Record<string, CatalogPart> = Object.assign(
  { common: "everybody", errors: "everybody", landing: "landing", developers: "landing", pictures: "settings" },
  ...[
    ...["breadcrumb", "collapse_sidebar", "expand_sidebar", "open_navigation", "close_navigation"],
    ...["pagination", "next_page", "previous_page", "page_number", "picture_hint", "device"],
  ].map((key) => ({ [`common_${key}`]: "signed-in" })),
  ...features.map(({ messages }) => messages),
);

export type SpeaksOf = readonly CatalogPart[];

/**
 * By the area, or by a longer beginning of the key that has been named: `common_device` for `common_device_unknown`. Null: the
 * Worker alone says it, as mails and refusals.
 */
export function partOf(key: string): CatalogPart | null {
  for (let start = key; start !== ""; start = start.slice(0, Math.max(0, start.lastIndexOf("_")))) {
    const part = partsByArea[start];
    if (part !== undefined) return part;
  }
  return null;
}
