/** A language comes to the browser in two parts: what everybody reads, and what only signed-in pages say. */
export const catalogParts = ["everybody", "signed-in"] as const;
export type CatalogPart = (typeof catalogParts)[number];

const AREAS_OF_EVERYBODY = ["common", "errors", "landing", "account"];
/** Mails are written on the server. */
const AREAS_OF_NOBODY = ["mail"];

/** The part that a key of the messages belongs to; null: no browser needs it. */
export function partOf(key: string): CatalogPart | null {
  const [area = ""] = key.split("_");
  if (AREAS_OF_NOBODY.includes(area)) return null;
  return AREAS_OF_EVERYBODY.includes(area) ? "everybody" : "signed-in";
}

/** The `handle` of a route that imports `signed-in-messages.ts`, so that the document asks for them at once. */
export const signedInPage = "signed-in page";
