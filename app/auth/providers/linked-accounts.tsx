import { href } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import type { SignInMethods } from "./linked-accounts.server.ts";

export function LinkedAccounts({ methods: { accounts, linkable } }: { methods: SignInMethods }) {
  if (accounts.length + linkable.length === 0) return null;
  return (
    <Section title={m.security_accounts_title()} description={m.security_accounts_description()}>
      <ul className="-my-1 divide-y">
        {accounts.map(({ id, provider, linkedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm">
            <div>
              <p className="font-medium">{provider}</p>
              <p className="text-muted">{m.security_account_linked({ date: formatDate(linkedAt) })}</p>
            </div>
            <LinkButton
              to={href("/settings/security/accounts/:account/remove", { account: id })}
              variant="secondary"
              size="small"
            >
              {asksFirst(m.security_account_unlink())}
            </LinkButton>
          </li>
        ))}
        {linkable.map((provider) => (
          <li key={provider.id} className="flex flex-wrap items-center justify-between gap-3 py-3 text-sm">
            <div>
              <p className="font-medium">{provider.name}</p>
              <p className="text-muted">{m.security_account_link_none()}</p>
            </div>
            <LinkButton
              to={href("/settings/security/accounts/:provider/link", { provider: provider.id })}
              variant="secondary"
              size="small"
            >
              {m.security_account_link({ provider: provider.name })}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Section>
  );
}
