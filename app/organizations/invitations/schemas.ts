import { z } from "zod";
import { Email } from "#app/fields/email.ts";
import { Once } from "#app/fields/once.server.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { Role } from "../members/schemas.ts";

export const InvitationId = z.uuid().brand<"InvitationId">();
export type InvitationId = z.infer<typeof InvitationId>;

export const CreateInvitation = InOrganization.extend({ email: Email, role: Role, once: Once });
export type CreateInvitation = z.infer<typeof CreateInvitation>;

export const InvitationsInPages = inPages("invitations", {});

export const OneInvitation = InOrganization.extend({ invitation: InvitationId });
export const ChangeInvitationRole = OneInvitation.extend({ role: Role });

export const InvitationVisit = z.object({ id: z.string().max(200).catch("") });

export const AnswerInvitation = z.object({
  id: z
    .string({ error: () => m.invitations_link_invalid() })
    .min(1)
    .max(200),
});
