import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { memberDetails } from "#app/organizations/members/members.server.ts";
import { OwnerPage } from "#app/organizations/members/owner-page.tsx";
import { OwnerQuestion } from "#app/organizations/members/schemas.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import { required } from "../required.ts";
import type { Route } from "./+types/members.owner";

export const meta: Route.MetaFunction = () => [{ title: title(m.members_role_legend()) }];

export const loader = read({
  validate: OwnerQuestion,
  authenticate: "fresh",
  authorize: "organization:transfer",
  execute: (scope, { member }) => memberDetails(scope, member),
  answer: (found, _grant, { organization, member: id, to }) => {
    const { member } = required(found);
    // Others are changed without a question, from their own page.
    if (member.role === to || ![member.role, to].includes("owner")) {
      throw redirect(href("/organizations/:organization/members/:member", { organization, member: id }));
    }
    return { member, to };
  },
});

export default OwnerPage;
