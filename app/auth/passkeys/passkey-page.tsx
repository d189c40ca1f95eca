import { href } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { inlineForm, SaveButton } from "#app/ui/inline-form.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { type FormAgain, useForm } from "#app/ui/use-form.ts";
import { PasskeyNameField } from "./passkey-name-field.tsx";
import type { Passkey } from "./passkeys.server.ts";

type PasskeyPageProps = { loaderData: Passkey; actionData?: FormAgain | undefined };

export function PasskeyPage({ loaderData: { id, name: current, createdAt }, actionData }: PasskeyPageProps) {
  const [form, { name }] = useForm<{ name: string }>({
    id: "rename-passkey",
    lastResult: actionData ?? null,
    defaultValue: { name: current },
  });
  const action = href("/settings/security/passkeys/:passkey", { passkey: id });
  return (
    <NarrowPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={current}
      description={m.security_passkey_added({ date: formatDate(createdAt) })}
    >
      <div className="grid gap-5">
        <Form method="post" action={action} {...form.props} className={inlineForm}>
          <FormError>{form.error}</FormError>
          <PasskeyNameField field={name} />
          <SaveButton action={action} />
        </Form>
        <div>
          <LinkButton to={href("/settings/security/passkeys/:passkey/remove", { passkey: id })} variant="danger">
            {asksFirst(m.security_passkey_remove())}
          </LinkButton>
        </div>
      </div>
    </NarrowPage>
  );
}
