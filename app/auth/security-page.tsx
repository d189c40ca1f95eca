import type { ReactNode } from "react";
import { href } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Badge } from "#app/ui/badge.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Notice } from "#app/ui/notice.tsx";
import type { RememberedDevice } from "./factors/remembered-devices.server.ts";
import { RememberedList } from "./factors/remembered-list.tsx";
import { PASSKEYS_MAXIMUM } from "./limits.ts";
import { PasskeyList } from "./passkeys/passkey-list.tsx";
import type { Passkey } from "./passkeys/passkeys.server.ts";
import { Protections } from "./protections.tsx";
import type { SignInMethods } from "./providers/linked-accounts.server.ts";
import { LinkedAccounts } from "./providers/linked-accounts.tsx";
import { SessionList } from "./sessions/session-list.tsx";
import type { LiveSession } from "./sessions/sessions.server.ts";

export type Security = {
  methods: SignInMethods;
  backupCodes: number | null;
  passkeys: Passkey[];
  remembered: RememberedDevice[];
  sessions: LiveSession[];
  now: number;
};

export function SecurityPage({ security, children }: { security: Security; children: ReactNode }) {
  const { methods, backupCodes, passkeys, remembered, sessions, now } = security;
  return (
    <div className="grid gap-5">
      <Protections hasAuthenticator={backupCodes !== null} backupCodes={backupCodes ?? 0} passkeys={passkeys.length} />
      <Section
        title={m.account_password_label()}
        description={methods.hasPassword ? m.security_password_description() : m.security_password_none()}
      >
        <LinkButton to={href("/settings/security/password")} variant="secondary">
          {methods.hasPassword ? m.security_password_change() : m.security_password_set()}
        </LinkButton>
      </Section>
      <Section
        title={m.security_authenticator_title()}
        description={m.security_authenticator_description()}
        actions={backupCodes === null ? undefined : <Badge tone="success">{m.security_on()}</Badge>}
      >
        {backupCodes === null ? (
          <LinkButton to={href("/settings/security/authenticator")} variant="secondary">
            {m.security_authenticator_add()}
          </LinkButton>
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm">{m.security_backup_codes_left({ count: backupCodes })}</p>
            <div className="flex flex-wrap gap-2">
              <LinkButton to={href("/settings/security/backup-codes")} variant="secondary" size="small">
                {asksFirst(m.security_backup_codes_renew())}
              </LinkButton>
              <LinkButton
                to={href("/settings/security/authenticator/remove")}
                variant="ghost"
                size="small"
                className="-me-3"
              >
                {asksFirst(m.security_authenticator_remove())}
              </LinkButton>
            </div>
          </div>
        )}
      </Section>
      <Section title={m.security_passkeys_title()} description={m.security_passkeys_description()}>
        <PasskeyList passkeys={passkeys} />
        {passkeys.length >= PASSKEYS_MAXIMUM ? (
          <Notice>{m.security_passkeys_full({ maximum: formatNumber(PASSKEYS_MAXIMUM) })}</Notice>
        ) : (
          <LinkButton to={href("/settings/security/passkeys")} variant="secondary">
            {m.security_passkey_add()}
          </LinkButton>
        )}
      </Section>
      <LinkedAccounts methods={methods} />
      <RememberedList devices={remembered} />
      <Section title={m.security_sessions_title()}>
        <SessionList sessions={sessions} now={now} />
      </Section>
      {children}
    </div>
  );
}
