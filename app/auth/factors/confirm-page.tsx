import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { Back } from "#app/ui/back-link.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { Link } from "#app/ui/link.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { CodeField, PasswordField, UsernameField } from "../account-form.tsx";
import { PasskeyButton } from "../passkeys/passkey-button.tsx";
import { ProviderForm } from "../providers/provider-form.tsx";
import type { WaysToConfirm } from "./confirm.server.ts";

type ConfirmPageProps = {
  /** Where the person goes if they do not confirm: the page above the one that they opened. */
  back: Back;
  loaderData: { ways: WaysToConfirm; email: string; redirectTo: string };
  actionData?: FormAgain | undefined;
};

export function ConfirmPage({ back, loaderData: { ways, email, redirectTo }, actionData }: ConfirmPageProps) {
  const { hasPassword, hasAuthenticator, hasPasskey } = ways;
  const providers = hasAuthenticator ? [] : ways.providers;
  const canConfirm = hasPassword || hasAuthenticator || hasPasskey || providers.length > 0;
  const toPassword = `${href("/forgot-password")}?${new URLSearchParams({ email })}`;
  const [form, { password, code }] = useForm<{ password: string; code: string }>({
    id: "confirm",
    lastResult: actionData ?? null,
  });
  return (
    <NarrowPage back={back} title={m.security_confirm_title()} description={m.security_confirm_description()}>
      <div className="grid gap-5">
        {(hasPassword || hasAuthenticator) && (
          <Form method="post" {...form.props} className="grid gap-5">
            <FormError>{form.error}</FormError>
            <UsernameField email={email} />
            {hasPassword && (
              <PasswordField field={password} aside={<Link to={toPassword}>{m.account_forgot_link()}</Link>} />
            )}
            {hasAuthenticator && <CodeField field={code} />}
            <input type="hidden" name="redirectTo" value={redirectTo} />
            <SubmitButton size="large">{m.security_confirm_action()}</SubmitButton>
          </Form>
        )}
        {hasPasskey && (
          <PasskeyButton
            action={href("/confirm/passkey")}
            redirectTo={redirectTo}
            label={m.security_confirm_passkey()}
          />
        )}
        {providers.map((provider) => (
          <ProviderForm
            key={provider.id}
            provider={provider}
            purpose="confirm"
            redirectTo={redirectTo}
            label={m.security_confirm_provider({ provider: provider.name })}
          />
        ))}
        {!canConfirm && (
          <>
            <Notice tone="warning">{m.security_confirm_no_way()}</Notice>
            <LinkButton to={toPassword} size="large">
              {m.security_password_set()}
            </LinkButton>
          </>
        )}
        <LinkButton to={back.to} variant="ghost" size="large">
          {m.common_cancel()}
        </LinkButton>
        {canConfirm && !hasPassword && (
          <p className="text-muted text-sm">
            {m.security_confirm_no_password()}{" "}
            <Link to={toPassword} className="font-medium text-accent hover:underline">
              {m.security_password_set()}
            </Link>
          </p>
        )}
      </div>
    </NarrowPage>
  );
}
