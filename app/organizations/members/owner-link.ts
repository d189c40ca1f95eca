import { href } from "react-router";
import type { OwnerChange } from "./schemas.ts";

type Change = { organization: string; member: string; inList: string };

/** `inList` is the query string of the member list in which the change was requested. */
export function ownerHref({ inList, ...place }: Change, to: OwnerChange): string {
  const asked = new URLSearchParams([["to", to], ...new URLSearchParams(inList)]);
  return `${href("/organizations/:organization/members/:member/owner", place)}?${asked}`;
}
