import { href } from "react-router";
import type { OwnerChange } from "./schemas.ts";

export function ownerHref(place: { organization: string; member: string }, to: OwnerChange): string {
  return `${href("/organizations/:organization/members/:member/owner", place)}?${new URLSearchParams({ to })}`;
}
