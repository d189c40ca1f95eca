/** A language comes to the browser in parts: "everybody" with every page, each other one with the pages that say it. */
const areas = {
  everybody: ["common", "errors"],
  landing: ["landing"],
  account: ["account"],
  "signed-in": ["organizations", "dashboard", "gallery", "audit", "notifications", "palette"],
  settings: ["members", "invitations", "settings", "profile", "security", "appearance"],
} as const;

export type CatalogPart = keyof typeof areas;
export const catalogParts = Object.keys(areas) as CatalogPart[];

/** The `handle` of a route that imports `messages-of/…`, so that the document asks for those parts at once. */
export type SpeaksOf = readonly CatalogPart[];

/** The part that a key of the messages belongs to; null: no browser needs it, as mails are written on the server. */
export function partOf(key: string): CatalogPart | null {
  const [area = ""] = key.split("_");
  return catalogParts.find((part) => areas[part].some((each) => each === area)) ?? null;
}
