import { href, Link } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Card, CardBody } from "#app/ui/card.tsx";
import { Icon } from "#app/ui/icon.tsx";
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
      <Link
        to={href("/organizations")}
        className="mb-4 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text"
      >
        <Icon name="arrow-left" className="rtl:-scale-x-100" />
        {m.organizations_all()}
      </Link>
      <PageHeader title={m.organizations_new()} />
      {creation !== "allowed" && actionData === undefined ? (
        <Notice>{creationRefusal(creation)}</Notice>
      ) : (
        <Card>
          <CardBody className="sm:p-7">
            <NewOrganizationForm lastResult={actionData ?? null} />
          </CardBody>
        </Card>
      )}
    </div>
  );
}
