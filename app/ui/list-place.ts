import { useLocation } from "react-router";

/** What the address of a list says of what it shows: each name, and what it may be where the list is not as usual. */
export type ListPlace = Readonly<Record<string, Pick<RegExp, "test">>>;

/** The number of any page but the first. */
export const LATER_PAGE = /^(?!1$)[1-9]\d{0,8}$/;

/**
 * Where in a list somebody is, by the search of its own address or of one that carries it: what the list would take, and
 * nothing else. Empty, or begins with `?`.
 */
export function placeIn(list: ListPlace, search: string): string {
  const asked = new URLSearchParams(search);
  const kept = Object.entries(list).flatMap(([name, form]) => {
    const value = asked.get(name) ?? "";
    return form.test(value) ? [[name, value]] : [];
  });
  return kept.length === 0 ? "" : `?${new URLSearchParams(kept)}`;
}

/** The same search on another page. */
export function onPage(search: string, page: number): string {
  const asked = new URLSearchParams(search);
  if (page === 1) asked.delete("page");
  else asked.set("page", String(page));
  return asked.size === 0 ? "" : `?${asked}`;
}

export function usePlaceIn(list: ListPlace): string {
  return placeIn(list, useLocation().search);
}
