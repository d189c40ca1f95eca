import { href } from "react-router";

/** The page of an invitation, which shows it and takes the answer. */
export function invitationPath(token: string): string {
  return `${href("/accept-invite")}?${new URLSearchParams({ id: token })}`;
}
