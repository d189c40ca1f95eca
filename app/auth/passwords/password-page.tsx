import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { PasswordField, UsernameField } from "../account-form.tsx";
import { NewPasswordField } from "./new-password-field.tsx";

type PasswordPageProps = {
  loaderData: { hasPassword: boolean; email: string };
  actionData?: FormAgain | undefined;
};

export function PasswordPage({ loaderData: { hasPassword, email }, actionData }: PasswordPageProps) {
  const [form, { currentPassword, password }] = useForm<{ currentPassword: string; password: string }>({
    id: "change-password",
    lastResult: actionData ?? null,
  });
  const security = href("/settings/security");
  return (
    <NarrowPage
      back={{ to: security, label: m.organizations_own_security() }}
      title={hasPassword ? m.security_password_change() : m.security_password_set()}
      description={m.security_password_ends()}
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError confirmAt={actionData?.confirmAt}>{form.error}</FormError>
        <UsernameField email={email} />
        {hasPassword && <PasswordField field={currentPassword} label={m.security_password_current()} />}
        <NewPasswordField field={password} label={m.security_password_new()} />
        <FormButtons cancelTo={security}>
          <SubmitButton>{m.common_save()}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}
