import { DAY_SECONDS, HOUR_SECONDS } from "#app/durations.server.ts";
import { formFields } from "#app/operation/form-fields.server.ts";
import { allOf, changeLimit, countingEach, perCallerInside, perOrganization } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing, together } from "#app/operation/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { openInvitations } from "../invitations/invitations.server.ts";
import { ROLE_CHANGES_PER_HOUR, SESSIONS_ENDED_PER_DAY } from "../limits.ts";
import { membersAsCsv } from "./csv.server.ts";
import { changeRole, endSessionsOf, handOver, leaveOrganization, removeMember } from "./member-writes.server.ts";
import { memberDetails, memberRole, membersAfter, membersPage } from "./members.server.ts";
import { changeRoleRefusals, handOverRefusals, leaveRefusals, removeRefusals, signOutRefusals } from "./refusals.ts";
import {
  AskedMembers,
  ChangeRole,
  ExportedMembers,
  GiveRoles,
  MembersInPages,
  MembersPage,
  OneMember,
  OwnerQuestion,
  SelectedMembers,
  Successor,
} from "./schemas.ts";
import { changeRoles, removableMembers, removeMembers } from "./several-members.server.ts";

export const listMembers = read({
  validate: MembersPage,
  authenticate: "session",
  authorize: "member:read",
  execute: (scope, asked) => together({ members: membersPage(scope, asked), invitations: openInvitations(scope) }),
});

export const exportMembers = read({
  validate: ExportedMembers,
  authenticate: "person",
  authorize: "member:export",
  execute: nothing,
  answer: membersAsCsv,
});

export const browseMembers = read({
  validate: MembersInPages,
  authenticate: "session",
  authorize: "member:read",
  execute: membersAfter,
});

export const showMember = read({
  validate: OneMember,
  authenticate: "session",
  authorize: "member:read",
  execute: memberDetails,
});

export const askForRole = read({
  validate: OneMember,
  authenticate: "person",
  authorize: "member:update",
  execute: memberDetails,
});

const roleLimit = perCallerInside("roles", ROLE_CHANGES_PER_HOUR, HOUR_SECONDS);

export const giveRole = write({
  validate: ChangeRole,
  authenticate: "stepping-up",
  authorize: "member:update",
  edits: (scope, asked) => formFields(memberRole(scope, asked), (filled) => filled),
  limit: roleLimit,
  execute: changeRole,
  refused: changeRoleRefusals,
});

export const askForMemberRemoval = read({
  validate: OneMember,
  authenticate: "person",
  authorize: "member:delete",
  execute: memberDetails,
});

export const dismissMember = write({
  validate: OneMember,
  authenticate: "stepping-up",
  authorize: "member:delete",
  limit: changeLimit,
  execute: removeMember,
  refused: removeRefusals,
});

const bySelected = ({ member }: { member: readonly string[] }) => member.length;

export const askForRoles = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "member:update",
  execute: nothing,
});

export const giveRoles = write({
  validate: GiveRoles,
  authenticate: "person",
  authorize: "member:update",
  limit: countingEach(roleLimit, bySelected),
  execute: changeRoles,
  refused: {},
});

export const askForMemberRemovals = read({
  validate: AskedMembers,
  authenticate: "person",
  authorize: "member:delete",
  execute: removableMembers,
  answer: ({ members }, _grant, { page, search, role, sort }) => ({ members, page, shown: { search, role, sort } }),
});

export const dismissMembers = write({
  validate: SelectedMembers,
  authenticate: "person",
  authorize: "member:delete",
  asksFirst: true,
  limit: countingEach(changeLimit, bySelected),
  execute: removeMembers,
  refused: {},
});

export const askForMemberSignOut = read({
  validate: OneMember,
  authenticate: "fresh",
  authorize: "member:delete",
  execute: memberDetails,
});

export const signMemberOut = write({
  validate: OneMember,
  authenticate: "fresh",
  authorize: "member:delete",
  asksFirst: true,
  limit: allOf(changeLimit, ({ member }: { member: string }, asking) =>
    perOrganization(`end-sessions:${member}`, SESSIONS_ENDED_PER_DAY, DAY_SECONDS)(null, asking),
  ),
  execute: endSessionsOf,
  refused: signOutRefusals,
});

export const askAboutOwner = read({
  validate: OwnerQuestion,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: memberDetails,
  answer: ({ member }, _grant, { to }) => ({ member, to }),
});

export const askForLeaving = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "member:leave",
  execute: nothing,
  answer: (_nothing, { organization: { name } }) => ({ name }),
});

export const endMembership = write({
  validate: InOrganization,
  authenticate: "stepping-up",
  authorize: "member:leave",
  limit: changeLimit,
  execute: leaveOrganization,
  refused: leaveRefusals,
});

export const askForSuccessor = read({
  validate: Successor,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: (scope, asked) => together({ chosen: memberDetails(scope, asked) }),
  answer: ({ chosen }) => ({
    successor: chosen === null || chosen.member.isSelf ? null : { id: chosen.member.id, name: chosen.member.name },
  }),
});

export const handOwnershipOver = write({
  validate: OneMember,
  authenticate: "fresh",
  authorize: "organization:transfer",
  asksFirst: true,
  limit: changeLimit,
  execute: handOver,
  refused: handOverRefusals,
});
