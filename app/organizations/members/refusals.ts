import { m } from "#app/i18n/messages.ts";
import { listedNames } from "#app/i18n/names-apart.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "#app/tenancy/limits.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { shownFields } from "./member-sorts.ts";
import type { GiveRoles, SelectedMembers } from "./schemas.ts";
import type { DoneInPart } from "./several-members.server.ts";

const notFound = { status: 404, message: () => m.members_gone() } as const;
const tooManyOwned = {
  status: 409,
  message: () =>
    `${m.members_too_many_owned({ maximum: ORGANIZATIONS_OWNED_MAXIMUM })} ${m.organizations_owned_next()}`,
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

export function rolesAgain(done: DoneInPart, input: GiveRoles): FormAgain | null {
  return again(done, input, { done: (count) => m.members_roles_changed({ count }), own: () => m.members_own_role() });
}

export function removalAgain(done: DoneInPart, input: SelectedMembers): FormAgain | null {
  const own = () => m.members_not_oneself();
  return again(done, input, { done: (count) => m.members_removed_several({ count }), own });
}

type Words = { done: (count: number) => string; own: () => string };

/** The form again, with the members that were left as they are, by reason; null if the change was made for all. */
function again({ done, undone, gone }: DoneInPart, input: SelectedMembers, words: Words): FormAgain | null {
  const namesOf = (why: string) => undone.filter(({ reason }) => reason === why).map(({ name }) => name);
  const [same, owners] = [namesOf("same"), namesOf("owner")];
  const lines = [
    ...(same.length > 0 ? [m.members_undone_same({ names: listedNames(same, "conjunction") })] : []),
    ...(owners.length > 0 ? [m.members_undone_owners({ names: listedNames(owners, "conjunction") })] : []),
    ...(namesOf("own").length > 0 ? [words.own()] : []),
    ...(gone > 0 ? [m.members_undone_gone({ count: gone })] : []),
  ];
  if (lines.length === 0) return null;
  return {
    status: "error",
    initialValue: shownFields(input, input.page),
    error: { member: lines },
    ...(done > 0 && { done: words.done(done) }),
  };
}
