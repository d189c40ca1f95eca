import { href } from "react-router";
import type { Notification } from "./notifications.server.ts";

/** The page a notification speaks of; null where there is none any more. */
export function targetOf({ type, organization: { slug }, invitation }: Notification): string | null {
  if (type === "invitation-received" && invitation?.token) {
    return `${href("/accept-invite")}?${new URLSearchParams({ id: invitation.token })}`;
  }
  if (slug === null) return null;
  const isAboutPeople = type === "member-joined" || type === "invitation-declined" || type === "invitation-expired";
  return isAboutPeople
    ? href("/organizations/:organization/members", { organization: slug })
    : href("/organizations/:organization/dashboard", { organization: slug });
}
