import { href } from "react-router";
import type { OwnerChange } from "./schemas.ts";

type Change = { organization: string; member: string; inList: string };

/** `inList`: where in the list of members the change is asked for. */
export function ownerHref({ inList, ...place }: Change, to: OwnerChange): string {
  const asked = new URLSearchParams([["to", to], ...new URLSearchParams(inList)]);
  return `${href("/organizations/:organization/members/:member/owner", place)}?${asked}`;
}
