import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { Card, CardBody } from "#app/ui/card.tsx";
import { Column } from "#app/ui/column.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { INVITATION_DAYS } from "../limits.ts";
import type { RoomToInvite } from "./invitation-limits.server.ts";
import { InviteForm } from "./invite-form.tsx";

type WelcomePageProps = {
  params: { organization: string };
  loaderData: RoomToInvite & { viewerRole: Role };
  actionData?: FormAgain | undefined;
};

/** The page after the form for a new organization. The dashboard comes next, with or without invited colleagues. */
export function WelcomePage({ params: { organization }, loaderData, actionData }: WelcomePageProps) {
  return (
    <Column>
      <PageHeader
        title={m.invitations_welcome_title()}
        description={m.invitations_invite_text({ days: INVITATION_DAYS })}
      />
      <Card>
        <CardBody className="sm:p-7">
          <InviteForm
            organization={organization}
            action={href("/organizations/:organization/welcome", { organization })}
            viewerRole={loaderData.viewerRole}
            room={loaderData}
            lastResult={actionData ?? null}
            as={Form}
          >
            <SubmitButton>
              <Icon name="user-plus" />
              {m.invitations_send()}
            </SubmitButton>
          </InviteForm>
        </CardBody>
      </Card>
      <p className="mt-5 text-center text-sm">
        <Link
          to={href("/organizations/:organization/dashboard", { organization })}
          className="rounded-sm font-medium text-accent hover:underline"
        >
          {actionData?.done === undefined ? m.invitations_welcome_skip() : m.invitations_welcome_go_on()}
        </Link>
      </p>
    </Column>
  );
}
