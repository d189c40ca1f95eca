import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { together } from "#app/operation/plan.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { invitingLimit } from "../invitations/invitation-limits.server.ts";
import { createInviteLink, revokeInviteLink } from "./invite-link-writes.server.ts";
import { linksFull, openLink, openLinks } from "./invite-links.server.ts";
import { joinByLink, linkPreview } from "./joining.server.ts";
import { joinRefusals, makeRefusals, revokeRefusals } from "./refusals.ts";
import { JoinByLink, LinkVisit, MakeInviteLink, OneInviteLink } from "./schemas.ts";

export const listInviteLinks = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "invite-link:manage",
  execute: openLinks,
});

export const askForInviteLink = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "invite-link:manage",
  execute: linksFull,
});

export const makeInviteLink = write({
  validate: MakeInviteLink,
  authenticate: "person",
  authorize: "invite-link:manage",
  limit: invitingLimit,
  execute: createInviteLink,
  refused: makeRefusals,
});

export const askForInviteLinkRevocation = read({
  validate: OneInviteLink,
  authenticate: "person",
  authorize: "invite-link:manage",
  execute: openLink,
});

export const endInviteLink = write({
  validate: OneInviteLink,
  authenticate: "person",
  authorize: "invite-link:manage",
  asksFirst: true,
  limit: changeLimit,
  execute: revokeInviteLink,
  refused: revokeRefusals,
});

export const openInviteLink = read({
  validate: LinkVisit,
  authenticate: "optional",
  authorize: "public",
  execute: (scope, { id }) => together({ preview: linkPreview(scope, id) }),
  answer: ({ preview }, _grant, { id }) => ({ token: id, preview }),
});

export const joinOrganization = write({
  validate: JoinByLink,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: joinByLink,
  refused: joinRefusals,
});
