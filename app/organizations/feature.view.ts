import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView, LoggedPlace } from "#app/tenancy/feature-view.ts";
import type { organizations } from "./feature.ts";

const members: LoggedPlace = {
  permission: "member:read",
  hrefOf: ({ organization }) => href("/organizations/:organization/members", { organization }),
};
const settings: LoggedPlace = {
  permission: "organization:update",
  hrefOf: ({ organization }) => href("/organizations/:organization/settings", { organization }),
};

export const organizationsView = {
  places: [
    {
      permission: "member:read",
      icon: "users-round",
      label: () => m.organizations_place_members(),
      shortcut: "g m",
      holds: ["invitations", "invite-links"],
      hrefIn: (organization: string) => href("/organizations/:organization/members", { organization }),
    },
  ],
  commands: [
    {
      permission: "invitation:create",
      icon: "user-plus",
      label: () => m.organizations_invite(),
      shortcut: "i",
      hrefIn: (organization: string) => href("/organizations/:organization/members", { organization }),
    },
  ],
  steps: {
    invitation: {
      permission: "invitation:create",
      label: () => m.organizations_step_invite(),
      hrefIn: (organization: string) => href("/organizations/:organization/members", { organization }),
    },
  },
  nouns: { invitation: () => m.organizations_figure_invitations() },
  found: {
    members: {
      label: () => m.organizations_found_members(),
      icon: "user-round",
      hrefOf: ({ organization, id: member }) =>
        href("/organizations/:organization/members/:member", { organization, member }),
    },
  },
  counted: { members: (count) => m.organizations_member_count({ count }) },
  logged: {
    "organization.created": {
      did: () => m.organizations_did_create_organization(),
      name: () => m.organizations_action_organization_created(),
    },
    "organization.renamed": {
      did: ({ before, after }) => m.organizations_did_rename_organization({ before, after }),
      name: () => m.organizations_action_organization_renamed(),
      leads: settings,
    },
    "organization.moved": {
      did: ({ before, after }) => m.organizations_did_move_organization({ before, after }),
      name: () => m.organizations_action_organization_moved(),
      leads: settings,
    },
    "organization.logo-changed": {
      did: () => m.organizations_did_change_logo(),
      name: () => m.organizations_action_logo_changed(),
      leads: settings,
    },
    "organization.logo-removed": {
      did: () => m.organizations_did_remove_logo(),
      name: () => m.organizations_action_logo_removed(),
      leads: settings,
    },
    "organization.second-factor-required": {
      did: () => m.organizations_did_require_second_factor(),
      name: () => m.organizations_action_second_factor_required(),
      leads: settings,
    },
    "organization.second-factor-optional": {
      did: () => m.organizations_did_not_require_second_factor(),
      name: () => m.organizations_action_second_factor_optional(),
      leads: settings,
    },
    "organization.handed-over": {
      did: ({ name }) => m.organizations_did_hand_over({ name }),
      name: () => m.organizations_action_handed_over(),
      leads: members,
    },
    "organization.deleted": { did: ({ name }) => m.organizations_did_delete_organization({ name }) },
    "member.joined": {
      did: ({ after }) => (after === "" ? m.organizations_did_join() : m.organizations_did_join_as({ role: after })),
      name: () => m.organizations_action_member_joined(),
      leads: members,
    },
    "member.role-changed": {
      did: ({ name, before, after }) => m.organizations_did_change_role({ name, before, after }),
      name: () => m.organizations_action_role_changed(),
      leads: members,
    },
    "member.removed": {
      did: ({ name }) => m.organizations_did_remove_member({ name }),
      name: () => m.organizations_action_member_removed(),
      leads: members,
    },
    "member.sessions-ended": {
      did: ({ name }) => m.organizations_did_end_sessions({ name }),
      name: () => m.organizations_action_sessions_ended(),
      leads: members,
    },
    "member.left": { did: () => m.organizations_did_leave(), name: () => m.organizations_action_member_left() },
    "invitation.created": {
      did: ({ name, after }) => m.organizations_did_invite({ name, role: after }),
      name: () => m.organizations_action_invitation_created(),
      leads: members,
    },
    "invitation.resent": {
      did: ({ name }) => m.organizations_did_resend_invitation({ name }),
      name: () => m.organizations_action_invitation_resent(),
      leads: members,
    },
    "invitation.role-changed": {
      did: ({ name, before, after }) => m.organizations_did_change_invitation({ name, before, after }),
      name: () => m.organizations_action_invitation_changed(),
      leads: members,
    },
    "invitation.revoked": {
      did: ({ name }) => m.organizations_did_revoke_invitation({ name }),
      name: () => m.organizations_action_invitation_revoked(),
      leads: members,
    },
    "invitation.declined": {
      did: () => m.organizations_did_decline_invitation(),
      name: () => m.organizations_action_invitation_declined(),
      leads: members,
    },
    "invite-link.created": {
      did: ({ name }) => m.organizations_did_create_link({ name }),
      name: () => m.organizations_action_link_created(),
      leads: members,
    },
    "invite-link.revoked": {
      did: ({ name }) => m.organizations_did_revoke_link({ name }),
      name: () => m.organizations_action_link_revoked(),
      leads: members,
    },
  },
} satisfies FeatureView<typeof organizations>;
