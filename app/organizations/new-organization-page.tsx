import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Card, CardBody } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import type { Creation } from "./creation.ts";
import { creationRefusal } from "./creation-refusal.ts";
import { NewOrganizationForm } from "./new-organization-form.tsx";

type NewOrganizationPageProps = { loaderData: { creation: Creation }; actionData?: FormAnswer | undefined };

export function NewOrganizationPage({ loaderData: { creation }, actionData }: NewOrganizationPageProps) {
  return (
    <div className="mx-auto w-full max-w-lg">
      <BackLink to={href("/organizations")} label={m.organizations_all()} />
      <PageHeader title={m.organizations_new()} />
      {creation !== "allowed" && actionData === undefined ? (
        <Notice>{creationRefusal(creation)}</Notice>
      ) : (
        <Card>
          <CardBody className="sm:p-7">
            <NewOrganizationForm lastResult={actionData ?? null} cancelTo={href("/organizations")} />
          </CardBody>
        </Card>
      )}
    </div>
  );
}
