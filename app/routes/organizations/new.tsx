import { ArrowLeft } from "lucide-react";
import { href, Link } from "react-router";
import { z } from "zod";
import { m } from "#app/i18n/messages.ts";
import { creationFor, creationRefusal } from "#app/organizations/creation.ts";
import { myOrganizations } from "#app/organizations/memberships.server.ts";
import { NewOrganizationForm } from "#app/organizations/new-organization-form.tsx";
import { read } from "#app/request/read.server.ts";
import { Card, CardBody } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/new";
import { create } from "./create.server.ts";

export const meta: Route.MetaFunction = () => [{ title: title(m.organizations_new()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: myOrganizations,
  answer: (organizations) => ({ creation: creationFor(organizations.map(({ role }) => role)) }),
});

export const action = create;

export default function NewOrganizationPage({ loaderData: { creation }, actionData }: Route.ComponentProps) {
  return (
    <div className="mx-auto w-full max-w-lg">
      <Link
        to={href("/organizations")}
        className="mb-4 inline-flex min-h-6 items-center gap-1.5 rounded-sm text-muted text-sm hover:text-text"
      >
        <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        {m.organizations_all()}
      </Link>
      <PageHeader title={m.organizations_new()} description={m.organizations_new_description()} />
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
