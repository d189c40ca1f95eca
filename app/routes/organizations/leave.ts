import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LeavePage } from "#app/organizations/members/leave-page.tsx";
import { leaveOrganization } from "#app/organizations/members/member-writes.server.ts";
import { leaveRefused } from "#app/organizations/members/refusals.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import { changing } from "../changing.ts";
import type { Route } from "./+types/leave";

export const meta: Route.MetaFunction = () => [{ title: title(m.members_leave_confirm()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "session",
  authorize: "member:leave",
  execute: () => answer(null),
  answer: (_none, { organization: { name } }) => ({ name }),
});

export const action = write({
  validate: InOrganization,
  authenticate: "stepping-up",
  authorize: "member:leave",
  limit: changeLimit,
  execute: leaveOrganization,
  refused: leaveRefused,
  answer: () => redirect(href("/organizations"), 303),
});

export function clientAction({ params, serverAction }: Route.ClientActionArgs) {
  return changing(serverAction, { forget: [[params.organization]], done: m.members_left });
}

export default LeavePage;
