import { m } from "#app/i18n/messages.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";

/** How the reasons of this domain's writes read to a person. */
const ownersOnly = { status: 403, message: () => m.invitations_owners_only() } as const;
const notAllowed = { status: 403, message: () => m.members_not_allowed() } as const;
const alreadyInvited = { status: 409, message: () => m.invitations_already_invited() } as const;
const tooManyPending = {
  status: 409,
  message: () => m.invitations_too_many({ maximum: PENDING_INVITATIONS_MAXIMUM }),
} as const;

export const createRefused = {
  "already-member": { status: 409, field: "email", message: () => m.invitations_already_member() },
  "already-invited": { ...alreadyInvited, field: "email" },
  "too-many-pending": tooManyPending,
  "organization-full": { status: 409, message: () => m.invitations_organization_full() },
  "owners-only": { ...ownersOnly, field: "role" },
  "not-allowed": notAllowed,
} as const;

export const changeRefused = {
  "not-found": { status: 404, message: () => m.invitations_gone() },
  "owners-only": ownersOnly,
  "not-allowed": notAllowed,
} as const;

export const resendRefused = {
  ...changeRefused,
  "already-invited": alreadyInvited,
  "too-many-pending": tooManyPending,
} as const;

export const declineRefused = {
  "not-found": { status: 404, message: () => m.invitations_unknown_description() },
  "wrong-account": { status: 403, message: () => m.invitations_wrong_account() },
  closed: { status: 410, message: () => m.invitations_closed() },
} as const;

export const acceptRefused = {
  ...declineRefused,
  expired: { status: 410, message: () => m.invitations_expired() },
  "organization-full": { status: 409, message: () => m.invitations_organization_full() },
  "too-many-owned": {
    status: 409,
    message: () => m.invitations_too_many_owned({ maximum: ORGANIZATIONS_OWNED_MAXIMUM }),
  },
} as const;
