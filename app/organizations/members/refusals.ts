import { m } from "#app/i18n/messages.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "../limits.ts";

const notFound = { status: 404, message: () => m.members_gone() } as const;
const tooManyOwned = {
  status: 409,
  message: () => m.members_too_many_owned({ maximum: ORGANIZATIONS_OWNED_MAXIMUM }),
} as const;

export const changeRoleRefusals = {
  "not-found": notFound,
  "own-role": { status: 403, message: () => m.members_own_role() },
  "owners-only": { status: 403, message: () => m.members_owners_only() },
  "last-owner": { status: 409, message: () => m.members_last_owner() },
  "too-many-owned": tooManyOwned,
} as const;

export const removeRefusals = {
  "not-found": notFound,
  "own-role": { status: 403, message: () => m.members_not_oneself() },
} as const;

export const signOutRefusals = {
  "not-found": notFound,
  "own-sessions": { status: 409, message: () => m.members_sign_out_self() },
  owner: { status: 403, message: () => m.members_sign_out_owner() },
} as const;

export const leaveRefusals = { "last-owner": { status: 409, message: () => m.members_last_owner_leaves() } } as const;

export const handOverRefusals = {
  "not-found": notFound,
  "own-role": { status: 409, message: () => m.settings_hand_over_oneself() },
  "too-many-owned": tooManyOwned,
} as const;
