import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { ROLE_CHANGES_PER_HOUR } from "#app/organizations/limits.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { changeRole } from "#app/organizations/members/member-writes.server.ts";
import { memberDetails } from "#app/organizations/members/members.server.ts";
import { changeRoleRefused } from "#app/organizations/members/refusals.ts";
import { ChangeRole, OneMember } from "#app/organizations/members/schemas.ts";
import { can } from "#app/organizations/permissions.ts";
import { perOrganization } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { changing } from "../changing.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/members.role";
import { memberKeys } from "./member-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.members_role_legend()) }];

export const loader = read({
  validate: OneMember,
  authenticate: "session",
  authorize: "member:update",
  execute: (scope, { member }) => memberDetails(scope, member),
  answer: required,
});

export const action = write({
  validate: ChangeRole,
  authenticate: "stepping-up",
  authorize: "member:update",
  // Each one sends a mail.
  limit: perOrganization("roles", ROLE_CHANGES_PER_HOUR, 3600),
  execute: changeRole,
  refused: changeRoleRefused,
  answer: ({ isSelf }, _grant, { organization, role, stay }): FormAnswer | Response => {
    // Whoever stepped down to a role that sees no members cannot stay.
    if (isSelf && !can(role, "member:read")) {
      return redirect(href("/organizations/:organization/dashboard", { organization }), 303);
    }
    if (stay !== undefined) return { status: "success" };
    return redirect(href("/organizations/:organization/members", { organization }), 303);
  },
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: memberKeys(params.organization), done: m.members_role_changed });
}

export default MemberPage;
