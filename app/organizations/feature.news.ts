import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureNews } from "#app/tenancy/feature-news.ts";
import type { LoggedPlace } from "#app/tenancy/feature-view.ts";

const leads: LoggedPlace = {
  permission: "member:read",
  hrefOf: ({ organization }) => href("/organizations/:organization/members", { organization }),
};

export const organizationsNews = {
  "invitation-received": { icon: "mail-plus", words: (told) => m.organizations_told_invitation_received(told) },
  "invitation-declined": { icon: "mail-x", words: (told) => m.organizations_told_invitation_declined(told), leads },
  "invitation-expired": { icon: "clock", words: (told) => m.organizations_told_invitation_expired(told), leads },
  "member-joined": { icon: "user-plus", words: (told) => m.organizations_told_member_joined(told), leads },
  "member-removed": { icon: "user-minus", words: (told) => m.organizations_told_member_removed(told) },
  "sessions-ended": { icon: "log-out", words: (told) => m.organizations_told_sessions_ended(told) },
  "role-changed": { icon: "shield-check", words: (told) => m.organizations_told_role_changed(told) },
  "ownership-transferred": {
    icon: "arrow-right-left",
    words: (told) => m.organizations_told_ownership_transferred(told),
  },
  "organization-deleted": { icon: "building-2", words: (told) => m.organizations_told_organization_deleted(told) },
} satisfies FeatureNews;
