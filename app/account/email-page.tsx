import { href } from "react-router";
import { EmailField } from "#app/auth/account-form.tsx";
import { m } from "#app/i18n/messages.ts";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { EMAIL_LINK_MINUTES, EMAIL_UNDO_HOURS } from "./limits.ts";
import type { Profile } from "./profile.server.ts";

type EmailPageProps = { loaderData: Profile; actionData?: FormAgain | undefined };

export function EmailPage({ loaderData: { email: current }, actionData }: EmailPageProps) {
  const [form, { email }] = useForm<{ email: string }>({ id: "change-email", lastResult: actionData ?? null });
  const account = href("/settings/account");
  return (
    <NarrowPage
      back={{ to: account, label: m.organizations_own_account() }}
      title={m.profile_email_title()}
      description={m.profile_email_question({ email: current, minutes: EMAIL_LINK_MINUTES })}
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError confirmAt={actionData?.confirmAt}>{form.error}</FormError>
        <EmailField
          field={email}
          label={m.profile_email_new()}
          hint={m.profile_email_undo({ hours: EMAIL_UNDO_HOURS })}
        />
        <FormButtons cancelTo={account}>
          <SubmitButton>{m.profile_email_send()}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}
