import { formFields } from "#app/operation/form-fields.server.ts";
import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { together } from "#app/operation/plan.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { acceptInvitation, declineInvitation, invitationPreview } from "./invitation-answers.server.ts";
import { invitingLimit, roomToInvite } from "./invitation-limits.server.ts";
import {
  changeInvitationRole,
  createInvitation,
  resendInvitation,
  revokeInvitation,
} from "./invitation-writes.server.ts";
import { type Invitation, invitationDetails, invitationRole, invitationsAfter } from "./invitations.server.ts";
import { inviteSeveral } from "./invite-several.server.ts";
import {
  acceptRefusals,
  changeRefusals,
  createRefusals,
  declineRefusals,
  resendRefusals,
  vouchRefusals,
} from "./refusals.ts";
import {
  AnswerInvitation,
  ChangeInvitationRole,
  CreateInvitation,
  InvitationsInPages,
  InvitationVisit,
  InviteSeveral,
  OneInvitation,
} from "./schemas.ts";

export const askForInviting = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "invitation:create",
  execute: roomToInvite,
  answer: (room, { role }) => ({ ...room, viewerRole: role }),
});

export const askForInvitingOwner = read({
  validate: InOrganization,
  // The press asks for the proof: a page that asked for it as well would be left, and lose the address.
  authenticate: "person",
  authorize: "organization:transfer",
  execute: roomToInvite,
});

export const inviteOne = write({
  validate: CreateInvitation,
  authenticate: "stepping-up",
  authorize: "invitation:create",
  limit: invitingLimit,
  execute: createInvitation,
  refused: createRefusals,
});

export const invitePeople = write({
  validate: InviteSeveral,
  authenticate: "stepping-up",
  authorize: "invitation:create",
  limit: invitingLimit,
  execute: inviteSeveral,
  refused: createRefusals,
});

export const browseInvitations = read({
  validate: InvitationsInPages,
  authenticate: "session",
  authorize: "invitation:read",
  execute: invitationsAfter,
});

export const findInvitation = read({
  validate: OneInvitation,
  authenticate: "session",
  authorize: "invitation:read",
  execute: invitationDetails,
});

const withViewerRole = (invitation: Invitation, { role }: { role: Role }) => ({ invitation, viewerRole: role });

export const showInvitation = read({
  validate: OneInvitation,
  authenticate: "person",
  authorize: "invitation:read",
  execute: invitationDetails,
  answer: withViewerRole,
});

export const askForInvitedRole = read({
  validate: OneInvitation,
  authenticate: "person",
  authorize: "invitation:update",
  execute: invitationDetails,
  answer: withViewerRole,
});

export const sendInvitationAgain = write({
  validate: OneInvitation,
  authenticate: "stepping-up",
  authorize: "invitation:update",
  limit: invitingLimit,
  execute: resendInvitation,
  refused: resendRefusals,
});

export const giveInvitedRole = write({
  validate: ChangeInvitationRole,
  authenticate: "stepping-up",
  authorize: "invitation:update",
  edits: (scope, asked) => formFields(invitationRole(scope, asked), (filled) => filled),
  limit: changeLimit,
  execute: changeInvitationRole,
  refused: vouchRefusals,
});

export const askAboutInvitedOwner = read({
  validate: OneInvitation,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: invitationDetails,
  answer: withViewerRole,
});

export const askForInvitationRevocation = read({
  validate: OneInvitation,
  authenticate: "person",
  authorize: "invitation:delete",
  execute: invitationDetails,
  answer: withViewerRole,
});

export const endInvitation = write({
  validate: OneInvitation,
  authenticate: "session",
  authorize: "invitation:delete",
  limit: changeLimit,
  execute: revokeInvitation,
  refused: changeRefusals,
});

export const openInvitation = read({
  validate: InvitationVisit,
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { id }) => together({ preview: invitationPreview(scope, id) }),
  answer: ({ preview }, _grant, { id }) => ({ token: id, preview }),
});

export const acceptInvite = write({
  validate: AnswerInvitation,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: acceptInvitation,
  refused: acceptRefusals,
});

export const declineInvite = write({
  validate: AnswerInvitation,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: declineInvitation,
  refused: declineRefusals,
});
