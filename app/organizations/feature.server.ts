import { asc, lte, sql } from "drizzle-orm";
import { href } from "react-router";
import {
  formerSlug,
  invitation,
  inviteLink,
  member,
  members,
  organization,
  organizationOf,
} from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { expireInvitations } from "./invitations/expiry.server.ts";
import { EXPIRED_INVITE_LINK_DAYS } from "./limits.ts";
import { logoFiles } from "./logos.server.ts";

export const organizationsOnServer = {
  exported: {
    memberships: {
      table: member,
      byId: [member.userId],
      more: () => ({ organization: organizationOf(member.organizationId, "name") }),
    },
    invitations: {
      table: invitation,
      byId: [invitation.inviterId],
      byEmail: [invitation.email],
      more: () => ({ organization: organizationOf(invitation.organizationId, "name") }),
    },
    inviteLinks: {
      table: inviteLink,
      byId: [inviteLink.createdBy],
      more: () => ({ organization: organizationOf(inviteLink.organizationId, "name") }),
    },
  },
  findable: {
    members: {
      permission: "member:read",
      searched: members,
      orderBy: [asc(user.name), asc(member.id)],
    },
  },
  things: [
    {
      table: member,
      id: member.id,
      target: member.userId,
      hrefOf: ({ organization, id }) =>
        href("/organizations/:organization/members/:member", { organization, member: id }),
    },
  ],
  steps: {
    // An invitation counts in any state.
    invitation: sql`${organization.memberCount} > 1 or exists (
      select 1 from ${invitation} where ${invitation.organizationId} = ${organization.id})`,
    logo: sql`${organization.logo} is not null`,
  },
  counted: { members: organization.memberCount },
  files: logoFiles,
  scheduled: {
    "expire invitations": expireInvitations,
    "forget invite links": ({ db, now }) =>
      db
        .delete(inviteLink)
        .where(lte(inviteLink.expiresAt, new Date(now.getTime() - EXPIRED_INVITE_LINK_DAYS * DAY_MS))),
    "forget former slugs": ({ db, now }) => db.delete(formerSlug).where(lte(formerSlug.heldUntil, now)),
  },
} satisfies ServerFeature;
