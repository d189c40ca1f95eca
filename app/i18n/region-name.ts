import { currentTag } from "./format.ts";

/** The name of a country in the reader's language. `code`: two letters as in ISO 3166-1. */
export function regionName(code: string): string {
  return new Intl.DisplayNames(currentTag(), { type: "region" }).of(code) ?? code;
}
