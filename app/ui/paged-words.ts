import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";

/** Adds the page number of the address to a list's title from the second page on, for tabs and the history. */
export function pagedWords(words: string, search: string): string {
  const page = Number(new URLSearchParams(search).get("page"));
  return page > 1 ? `${words} · ${m.common_page_number({ page: formatNumber(page) })}` : words;
}
