import { href } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PASSKEYS_MAXIMUM } from "../limits.ts";
import { AddPasskeyForm } from "./add-passkey-form.tsx";

export function AddPasskeyPage({ loaderData: { isFull } }: { loaderData: { isFull: boolean } }) {
  return (
    <NarrowPage
      back={{ to: href("/settings/security"), label: m.organizations_own_security() }}
      title={m.security_passkey_add()}
      description={m.security_passkey_add_description()}
    >
      {isFull ? (
        <Notice tone="warning">{m.security_passkeys_full({ maximum: formatNumber(PASSKEYS_MAXIMUM) })}</Notice>
      ) : (
        <AddPasskeyForm />
      )}
    </NarrowPage>
  );
}
