import { useLocation } from "react-router";

/** The search parameters of a list: each name, with a test for the values that differ from the default. */
export type ListPlace = Readonly<Record<string, Pick<RegExp, "test">>>;

/** The number of any page except the first. */
export const LATER_PAGE = /^(?!1$)[1-9]\d{0,8}$/;

export function isOneOf(values: readonly string[]): ListPlace[string] {
  return { test: (value) => values.includes(value) };
}

/**
 * Returns the part of `search` that the list accepts. `search` is that of the list's own address or of one that carries it
 * along. The result is empty or begins with `?`.
 */
export function placeIn(list: ListPlace, search: string): string {
  const asked = new URLSearchParams(search);
  const kept = Object.entries(list).flatMap(([name, form]) => {
    const value = asked.get(name) ?? "";
    return form.test(value) ? [[name, value]] : [];
  });
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
}

/** Returns the same search for another page. */
export function onPage(search: string, page: number): string {
  const asked = new URLSearchParams(search);
  if (page === 1) asked.delete("page");
  else asked.set("page", String(page));
  return asked.size === 0 ? "" : `?${asked}`;
}

export function usePlaceIn(list: ListPlace): string {
  return placeIn(list, useLocation().search);
}
