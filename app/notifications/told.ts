import { href } from "react-router";
import { featureNews } from "#app/features.news.ts";
import { m } from "#app/i18n/messages.ts";
import { roleName } from "#app/i18n/role-names.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { IconName } from "#app/ui/icon-names.ts";
import type { Notification } from "./notifications.server.ts";

export function iconOf({ type }: Notification): IconName {
  return featureNews[type]?.icon ?? "bell";
}

/** The type can be unknown: when a domain is taken out, people keep its notifications for a while. */
export function wordsOf({ type, organization, actorName, role, invitation, about }: Notification): string {
  const told = {
    name: actorName ?? m.notifications_someone(),
    organization: organization.name,
    role: role === null ? "" : roleName(role),
    email: invitation?.email ?? m.notifications_someone(),
    about: about?.name ?? "",
  };
  return featureNews[type]?.words(told) ?? m.notifications_other(told);
}

export function targetOf({ type, organization: { slug }, viewerRole, invitation, about }: Notification): string | null {
  if (type === "invitation-received" && invitation?.open) {
    return `${href("/accept-invite")}?${new URLSearchParams({ id: invitation.open.id })}`;
  }
  if (slug === null) return null;
  const leads = featureNews[type]?.leads;
  return leads !== undefined && viewerRole !== null && can(viewerRole, leads.permission)
    ? leads.hrefOf({ organization: slug, id: about?.id ?? "" })
    : href("/organizations/:organization/dashboard", { organization: slug });
}
