import { DAY_SECONDS } from "#app/durations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { INVITATIONS_PER_DAY, INVITATIONS_PER_HOUR, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import type { Invited, Uninvited } from "./invite-several.server.ts";
import { lackWords } from "./lacks.ts";
import type { InviteSeveral } from "./schemas.ts";

const ownersOnly = { status: 403, message: () => m.invitations_owners_only() } as const;
const alreadyInvited = { status: 409, message: () => m.invitations_already_invited() } as const;
const tooManyPending = {
  status: 409,
  message: () => m.invitations_too_many({ maximum: PENDING_INVITATIONS_MAXIMUM }),
} as const;

const alreadyMember = { status: 409, message: () => m.invitations_already_member() } as const;
const enoughToday = { status: 429, retryAfter: DAY_SECONDS, message: () => m.invitations_enough_today() } as const;
const organizationFull = { status: 409, message: () => m.invitations_organization_full() } as const;

const limitReached = {
  status: 429,
  message: () => m.invitations_limit_reached({ hour: INVITATIONS_PER_HOUR, day: INVITATIONS_PER_DAY }),
} as const;

export const createRefusals = {
  "already-member": { ...alreadyMember, field: "email" },
  "already-invited": { ...alreadyInvited, field: "email" },
  "too-many-pending": tooManyPending,
  "organization-full": organizationFull,
  "enough-today": { ...enoughToday, field: "email" },
  "limit-reached": limitReached,
  "owners-only": { ...ownersOnly, field: "role" },
} as const;

export const changeRefusals = {
  "not-found": { status: 404, message: () => m.invitations_gone() },
  "owners-only": ownersOnly,
} as const;

export const vouchRefusals = {
  ...changeRefusals,
  "may-not-invite": { status: 403, message: () => m.invitations_key_refused() },
} as const;

export const resendRefusals = {
  ...vouchRefusals,
  "already-member": alreadyMember,
  "already-invited": alreadyInvited,
  "organization-full": organizationFull,
  "too-many-pending": tooManyPending,
  "enough-today": enoughToday,
} as const;

export const declineRefusals = {
  "not-found": { status: 404, message: () => m.invitations_unknown_description() },
  "wrong-account": { status: 403, message: () => m.invitations_wrong_account() },
  closed: { status: 410, message: () => m.invitations_closed() },
} as const;

export const acceptRefusals = {
  ...declineRefusals,
  expired: { status: 410, message: () => m.invitations_expired() },
  "organization-full": organizationFull,
  "too-many-owned": { status: 409, message: lackWords["too-many-owned"] },
} as const;

const uninvited = {
  "no-address": () => m.account_email_invalid(),
  "already-member": alreadyMember.message,
  "already-invited": alreadyInvited.message,
  "too-many-pending": tooManyPending.message,
  "organization-full": organizationFull.message,
  "enough-today": enoughToday.message,
  "limit-reached": limitReached.message,
} satisfies Record<Uninvited["reason"], () => string>;

/** The form again, with the addresses that were not invited and the reasons; null if all were invited. */
export function inviteAgain({ invited, refused }: Invited, { role, message }: InviteSeveral): FormAgain | null {
  if (refused.length === 0) return null;
  return {
    status: "error",
    initialValue: { email: refused.map(({ typed }) => typed).join("\n"), role, ...(message !== null && { message }) },
    error: { email: refused.map(({ typed, reason }) => `${nameApart(typed)}: ${uninvited[reason]()}`) },
    ...(invited > 0 && { done: m.invitations_sent_several({ count: invited }) }),
  };
}
