import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { handOver } from "#app/organizations/members/member-writes.server.ts";
import { memberDetails } from "#app/organizations/members/members.server.ts";
import { handOverRefused } from "#app/organizations/members/refusals.ts";
import { HandOverPage } from "#app/organizations/settings/hand-over-page.tsx";
import { HandOver, HandOverVisit } from "#app/organizations/settings/schemas.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/settings.hand-over";
import { memberKeys } from "./member-changes.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.settings_hand_over_title()) }];

export const loader = read({
  validate: HandOverVisit,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: (scope, { member }) => memberDetails(scope, member),
  answer: (found) => ({
    successor: found === null || found.member.isSelf ? null : { id: found.member.id, name: found.member.name },
  }),
});

export const action = write({
  validate: HandOver,
  authenticate: "fresh",
  authorize: "organization:transfer",
  limit: changeLimit,
  execute: (grant, { member }) => handOver(grant, member),
  refused: handOverRefused,
  // Whoever handed over is an admin now, and the settings are no longer theirs.
  answer: (_done, _grant, { organization }) =>
    redirect(href("/organizations/:organization/members", { organization }), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: memberKeys(params.organization), done: m.settings_handed_over });
}

export default HandOverPage;
