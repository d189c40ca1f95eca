import { z } from "zod";
import { Once } from "#app/fields/once.server.ts";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { normalAddress } from "#app/text/address.ts";
import { asciiDigits } from "#app/text/digits.ts";
import { INVITE_LINK_DAYS, INVITE_LINK_USES_MAXIMUM } from "../limits.ts";

export const InviteLinkId = z.uuid().brand<"InviteLinkId">();
export type InviteLinkId = z.infer<typeof InviteLinkId>;

const usesRule = () => m.links_uses_invalid({ maximum: formatNumber(INVITE_LINK_USES_MAXIMUM) });

const Uses = z
  .string({ error: usesRule })
  .transform((typed) => asciiDigits(typed.normalize("NFKC")).trim())
  .refine((text) => /^\d{1,4}$/.test(text), { error: usesRule, abort: true })
  .transform(Number)
  .refine((uses) => uses >= 1 && uses <= INVITE_LINK_USES_MAXIMUM, { error: usesRule });

const TYPED_MAXIMUM = 1_000;

/** The domain in the form that addresses have, also taken from a whole address. Null if it is left empty. */
const Domain = z
  .string({ error: () => m.links_domain_invalid() })
  .max(TYPED_MAXIMUM, { error: () => m.links_domain_invalid(), abort: true })
  .default("")
  .transform((typed, context) => {
    if (typed.trim() === "") return null;
    const address = normalAddress(`a@${typed.slice(typed.search(/[@＠﹫][^@＠﹫]*$/) + 1)}`);
    if (address !== null) return address.slice("a@".length);
    context.addIssue({ code: "custom", message: m.links_domain_invalid() });
    return z.NEVER;
  });

export const MakeInviteLink = InOrganization.extend({
  days: z
    .enum(INVITE_LINK_DAYS.map(String), { error: () => m.links_expiry_missing() })
    .transform((chosen) => Number(chosen)),
  uses: Uses,
  domain: Domain,
  once: Once,
});
export type MakeInviteLink = z.infer<typeof MakeInviteLink>;

export const OneInviteLink = InOrganization.extend({ link: InviteLinkId });

export const LinkVisit = z.object({ id: z.string().max(200).catch("") });

const linkRule = { error: () => m.links_unknown_description() };

export const JoinByLink = z.object({ id: z.string(linkRule).min(1, linkRule).max(200, linkRule) });
