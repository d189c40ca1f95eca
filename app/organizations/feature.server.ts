import { lte } from "drizzle-orm";
import { formerSlug, invitation, member, organizationOf } from "#app/db/schema/organizations.ts";
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
  files: logoFiles,
  scheduled: {
    "expire invitations": expireInvitations,
    "forget former slugs": ({ db, now }) => db.delete(formerSlug).where(lte(formerSlug.heldUntil, now)),
  },
} satisfies ServerFeature;
