import { href } from "react-router";

export function inviteLinkPath(token: string): string {
  return `${href("/join")}?${new URLSearchParams({ id: token })}`;
}
