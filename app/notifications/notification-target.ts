import { href } from "react-router";
import type { Notification } from "./notifications.server.ts";

export function targetOf({ type, organization: { slug }, seesMembers, invitation }: Notification): string | null {
  if (type === "invitation-received" && invitation?.openId) {
    return `${href("/accept-invite")}?${new URLSearchParams({ id: invitation.openId })}`;
  }
  if (slug === null) return null;
  if (type === "webhook-disabled" && seesMembers) {
    return href("/organizations/:organization/webhooks", { organization: slug });
  }
  if (type.startsWith("key-") && seesMembers) {
    return href("/organizations/:organization/keys", { organization: slug });
  }
  const isAboutPeople = type === "member-joined" || type === "invitation-declined" || type === "invitation-expired";
  return isAboutPeople && seesMembers
    ? href("/organizations/:organization/members", { organization: slug })
    : href("/organizations/:organization/dashboard", { organization: slug });
}
