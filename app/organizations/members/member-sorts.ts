import { href } from "react-router";
import type { Role } from "#app/tenancy/roles.ts";

/** The orders of a list of members; `-` reverses an order. The first, from owners to members, is the default. */
export const memberSorts = ["role", "-role", "name", "-name", "joined", "-joined"] as const;
export type MemberSort = (typeof memberSorts)[number];

export type SortedColumn = Exclude<MemberSort, `-${string}`>;

export function columnOf(sort: MemberSort): SortedColumn {
  return sort.replace("-", "") as SortedColumn;
}

export type MembersShown = { search: string; role?: Role | undefined; sort: MemberSort; isSelecting?: boolean };

export function membersHref(organization: string, shown: MembersShown, page = 1): string {
  return hrefWith(organization, { ...shownFields(shown, page), ...(shown.isSelecting && { select: "yes" }) });
}

/** The settings of a list that differ from the defaults, by their names in the URL and in forms. */
export function shownFields({ search, role, sort }: MembersShown, page: number): Record<string, string> {
  return {
    ...(search !== "" && { search }),
    ...(role !== undefined && { role }),
    ...(sort !== "role" && { sort }),
    ...(page !== 1 && { page: String(page) }),
  };
}

/** The URL of the list in which members were selected, made from the fields that the form sent. */
export function selectingHref(organization: string, sent: Partial<Record<string, string>> | null | undefined): string {
  const listed = ["search", "role", "sort", "page"].flatMap((name) => (sent?.[name] ? [[name, sent[name]]] : []));
  return hrefWith(organization, { ...Object.fromEntries(listed), select: "yes" });
}

export function isSelectingIn(search: string): boolean {
  return new URLSearchParams(search).has("select");
}

function hrefWith(organization: string, fields: Record<string, string>): string {
  const asked = new URLSearchParams(fields);
  const members = href("/organizations/:organization/members", { organization });
  return asked.size === 0 ? members : `${members}?${asked}`;
}
