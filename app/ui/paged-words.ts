import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";

/** What a list is called on the page that its address asks for: from the second on, tabs and the history tell it. */
export function pagedWords(words: string, search: string): string {
  const page = Number(new URLSearchParams(search).get("page"));
  return page > 1 ? `${words} · ${m.common_page_number({ page: formatNumber(page) })}` : words;
}
