import { asc, lte } from "drizzle-orm";
import { href } from "react-router";
import { formerSlug, invitation, member, members, organization, organizationOf } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { expireInvitations } from "./invitations/expiry.server.ts";
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
  counted: { members: organization.memberCount },
  files: logoFiles,
  scheduled: {
    "expire invitations": expireInvitations,
    "forget former slugs": ({ db, now }) => db.delete(formerSlug).where(lte(formerSlug.heldUntil, now)),
  },
} satisfies ServerFeature;
