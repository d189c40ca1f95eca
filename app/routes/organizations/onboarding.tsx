import { href, redirect } from "react-router";
import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { waitingInvitations } from "#app/organizations/invitations/invitations.server.ts";
import { WaitingInvitations } from "#app/organizations/invitations/waiting-invitations.tsx";
import { myOrganizations } from "#app/organizations/memberships.server.ts";
import { NewOrganizationForm } from "#app/organizations/new-organization-form.tsx";
import { together } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { Card, CardBody } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/onboarding";
import { create } from "./create.server.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.organizations_onboarding_title()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) => together({ organizations: myOrganizations(scope), invitations: waitingInvitations(scope) }),
  answer: ({ organizations, invitations }) => {
    if (organizations.length > 0) throw redirect(href("/dashboard"));
    return { invitations };
  },
});

export const action = create;

export default function OnboardingPage({ loaderData: { invitations }, actionData }: Route.ComponentProps) {
  return (
    <div className="mx-auto w-full max-w-lg">
      <PageHeader title={m.organizations_onboarding_title()} description={m.organizations_onboarding_description()} />
      <Card>
        <CardBody className="sm:p-7">
          <NewOrganizationForm lastResult={actionData ?? null} />
        </CardBody>
      </Card>
      <WaitingInvitations invitations={invitations} />
    </div>
  );
}
