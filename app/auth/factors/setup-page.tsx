import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { CodeField } from "../account-form.tsx";
import type { Setup } from "./authenticator.server.ts";
import { BackupCodes } from "./backup-codes.tsx";

type Shown = Setup & { setup: string };

type SetupPageProps = {
  loaderData: Shown | null;
  actionData?: FormAgain | { codes: readonly string[] } | undefined;
};

export function SetupPage({ loaderData, actionData }: SetupPageProps) {
  if (actionData && "codes" in actionData) return <BackupCodes codes={actionData.codes} />;
  if (loaderData === null) return <AlreadySetUp />;
  return <SetupForm setup={loaderData} result={actionData} />;
}

type SetupFormProps = { setup: Shown; result: FormAgain | undefined };

function SetupForm({ setup: { setup, qrCode, secret }, result }: SetupFormProps) {
  const [form, { code }] = useForm<{ code: string }>({ id: "set-up", lastResult: result ?? null });
  const security = href("/settings/security");
  return (
    <NarrowPage
      back={{ to: security, label: m.organizations_own_security() }}
      title={m.security_authenticator_add()}
      description={m.security_setup_description()}
    >
      <Form method="post" {...form.props} className="grid gap-5">
        <FormError confirmAt={result?.confirmAt}>{form.error}</FormError>
        <div className="flex flex-wrap items-center gap-5">
          <img src={qrCode} alt={m.security_setup_qr_code()} className="size-40 rounded-md bg-white" />
          <div className="min-w-48 flex-1 text-sm">
            <p className="text-muted">{m.security_setup_by_hand()}</p>
            <code dir="ltr" className="mt-1.5 block select-all font-mono">
              {secret}
            </code>
          </div>
        </div>
        <input type="hidden" name="setup" value={setup} />
        <CodeField field={code} hint={m.security_setup_code_hint()} />
        <FormButtons cancelTo={security}>
          <SubmitButton>{m.security_setup_action()}</SubmitButton>
        </FormButtons>
      </Form>
    </NarrowPage>
  );
}

function AlreadySetUp() {
  return (
    <NarrowPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_authenticator_title()}
      description={m.security_authenticator_already()}
    >
      <LinkButton to={href("/settings/security/authenticator/remove")} variant="secondary">
        {asksFirst(m.security_authenticator_remove())}
      </LinkButton>
    </NarrowPage>
  );
}
