import { href } from "react-router";
import type { Role } from "#app/tenancy/roles.ts";

/** What a list of members goes by, down and (with `-`) up; from owners to members unless something else is asked. */
export const memberSorts = ["role", "-role", "name", "-name", "joined", "-joined"] as const;
export type MemberSort = (typeof memberSorts)[number];

export type SortedColumn = Exclude<MemberSort, `-${string}`>;

export function columnOf(sort: MemberSort): SortedColumn {
  return sort.replace("-", "") as SortedColumn;
}

export type MembersShown = { search: string; role: Role | undefined; sort: MemberSort };

export function membersHref(organization: string, { search, role, sort }: MembersShown, page = 1): string {
  const asked = new URLSearchParams({
    ...(search !== "" && { search }),
    ...(role !== undefined && { role }),
    ...(sort !== "role" && { sort }),
    ...(page !== 1 && { page: String(page) }),
  });
  const members = href("/organizations/:organization/members", { organization });
  return asked.size === 0 ? members : `${members}?${asked}`;
}
