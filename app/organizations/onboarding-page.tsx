import { m } from "#app/i18n/messages.ts";
import { Card, CardBody } from "#app/ui/card.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { WaitingInvitation } from "./invitations/invitations.server.ts";
import { WaitingInvitations } from "./invitations/waiting-invitations.tsx";
import { NewOrganizationForm } from "./new-organization-form.tsx";

type OnboardingPageProps = {
  loaderData: { invitations: WaitingInvitation[] };
  actionData?: FormAnswer | undefined;
};

export function OnboardingPage({ loaderData: { invitations }, actionData }: OnboardingPageProps) {
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
