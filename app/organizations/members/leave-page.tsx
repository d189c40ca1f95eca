import type { SubmissionResult } from "@conform-to/react";
import { Form, href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";

type LeavePageProps = {
  params: { organization: string };
  loaderData: { name: string };
  actionData?: SubmissionResult | undefined;
};

/** Asks before somebody leaves an organization. */
export function LeavePage({ params, loaderData: { name }, actionData }: LeavePageProps) {
  const dashboard = href("/organizations/:organization/dashboard", params);
  return (
    <NarrowPage
      back={{ to: dashboard, label: name }}
      title={m.members_leave_title({ organization: name })}
      description={m.members_leave_question()}
    >
      <Form method="post" className="grid gap-4">
        <FormError>{actionData?.error?.[""]?.[0]}</FormError>
        <div className="flex flex-wrap justify-end gap-2">
          <LinkButton to={dashboard} variant="secondary">
            {m.common_cancel()}
          </LinkButton>
          <SubmitButton variant="danger">{m.members_leave_confirm()}</SubmitButton>
        </div>
      </Form>
    </NarrowPage>
  );
}
