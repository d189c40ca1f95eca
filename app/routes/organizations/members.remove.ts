import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { MemberPage } from "#app/organizations/members/member-page.tsx";
import { removeMember } from "#app/organizations/members/member-writes.server.ts";
import { memberDetails } from "#app/organizations/members/members.server.ts";
import { removeRefused } from "#app/organizations/members/refusals.ts";
import { OneMember, RemoveMember } from "#app/organizations/members/schemas.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { changing } from "../changing.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/members.remove";
import { memberKeys } from "./member-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.members_remove_title()) }];

export const loader = read({
  validate: OneMember,
  authenticate: "session",
  authorize: "member:delete",
  execute: (scope, { member }) => memberDetails(scope, member),
  answer: required,
});

export const action = write({
  validate: RemoveMember,
  authenticate: "stepping-up",
  authorize: "member:delete",
  limit: changeLimit,
  execute: (grant, { member }) => removeMember(grant, member),
  refused: removeRefused,
  answer: (_done, _grant, { organization, stay }): FormAnswer | Response =>
    stay === undefined
      ? redirect(href("/organizations/:organization/members", { organization }), 303)
      : { status: "success" },
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: memberKeys(params.organization), done: m.members_removed });
}

export default MemberPage;
