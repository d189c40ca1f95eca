import { openInvitations } from "#app/organizations/invitations/invitations.server.ts";
import { membersPage } from "#app/organizations/members/members.server.ts";
import { MembersPage } from "#app/organizations/members/schemas.ts";
import { together } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: MembersPage,
  authenticate: "session",
  authorize: "member:read",
  execute: (scope, asked) => together({ members: membersPage(scope, asked), invitations: openInvitations(scope) }),
  answer: (found) => Response.json(found),
});
