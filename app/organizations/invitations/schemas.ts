import { z } from "zod";
import { Email } from "#app/fields/email.ts";
import { Once } from "#app/fields/once.server.ts";
import { lines } from "#app/fields/values.ts";
import { m } from "#app/i18n/messages.ts";
import { inPages } from "#app/operation/pages.server.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { addressesIn } from "#app/text/addresses.ts";
import { INVITATION_MESSAGE_MAXIMUM, INVITED_AT_ONCE } from "../limits.ts";
import { Role } from "../members/schemas.ts";

export const InvitationId = z.uuid().brand<"InvitationId">();
export type InvitationId = z.infer<typeof InvitationId>;

export const CreateInvitation = InOrganization.extend({ email: Email, role: Role, once: Once });
export type CreateInvitation = z.infer<typeof CreateInvitation>;

/** The maximum length of the text, which is checked before its addresses are counted. */
const TYPED_MAXIMUM = 50_000;

const Addresses = z
  .string({ error: () => m.account_email_invalid() })
  .max(TYPED_MAXIMUM, { error: () => m.invitations_too_many_at_once({ maximum: INVITED_AT_ONCE }) })
  .transform((typed, context) => {
    const found = addressesIn(typed);
    const message =
      found.length > INVITED_AT_ONCE
        ? m.invitations_too_many_at_once({ maximum: INVITED_AT_ONCE })
        : found.every(({ address }) => address === null)
          ? m.account_email_invalid()
          : null;
    if (message === null) return found;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

export const InviteSeveral = InOrganization.extend({
  email: Addresses,
  role: Role,
  message: lines({ maximum: INVITATION_MESSAGE_MAXIMUM }),
  once: Once,
});
export type InviteSeveral = z.infer<typeof InviteSeveral>;

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
