import { currentTag } from "./format.ts";

/** What a country is called in the reader's language. `code`: two letters of ISO 3166-1. */
export function regionName(code: string): string {
  return new Intl.DisplayNames(currentTag(), { type: "region" }).of(code) ?? code;
}
