import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { AddPasskeyForm } from "./add-passkey-form.tsx";

export function AddPasskeyPage() {
  return (
    <NarrowPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_passkey_add()}
      description={m.security_passkey_add_description()}
    >
      <AddPasskeyForm />
    </NarrowPage>
  );
}
