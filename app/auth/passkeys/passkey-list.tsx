import { href } from "react-router";
import { formatDate } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import type { Passkey } from "./passkeys.server.ts";

export function PasskeyList({ passkeys }: { passkeys: readonly Passkey[] }) {
  if (passkeys.length === 0) return null;
  return (
    <ul className="-mt-3.5 mb-3 divide-y">
      {passkeys.map(({ id: passkey, name, createdAt, lastUsedAt }) => (
        <li key={passkey} className="flex items-start gap-3 py-3.5 text-sm">
          <Icon name="key-round" className="stroke-[1.75] mt-0.5 size-5 text-muted" />
          <div className="min-w-0 flex-1">
            <p dir="auto" className="font-medium">
              {name}
            </p>
            <p className="text-muted">
              {lastUsedAt === null
                ? m.security_passkey_added({ date: formatDate(createdAt) })
                : m.security_passkey_used({ date: formatDate(lastUsedAt) })}
            </p>
          </div>
          <LinkButton
            to={href("/settings/security/passkeys/:passkey", { passkey })}
            variant="secondary"
            size="small"
            aria-label={m.security_passkey_edit_label({ name })}
          >
            {m.security_passkey_edit()}
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
