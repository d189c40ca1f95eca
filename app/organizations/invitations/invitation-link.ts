import { href } from "react-router";

export function invitationPath(token: string): string {
  return `${href("/accept-invite")}?${new URLSearchParams({ id: token })}`;
}
