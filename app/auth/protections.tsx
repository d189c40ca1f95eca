import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";

type ProtectionsProps = { hasAuthenticator: boolean; backupCodes: number; passkeys: number };

/** The account's protections, with links to add those that are missing. Without the app, the codes' link goes to its setup. */
export function Protections({ hasAuthenticator, backupCodes, passkeys }: ProtectionsProps) {
  const app = href("/settings/security/authenticator");
  const all = [
    { name: m.security_authenticator_title(), isOn: hasAuthenticator, to: app },
    { name: m.security_passkeys_title(), isOn: passkeys > 0, to: href("/settings/security/passkeys") },
    {
      name: m.security_backup_codes_title(),
      isOn: backupCodes > 0,
      to: hasAuthenticator ? href("/settings/security/backup-codes") : app,
    },
  ];
  const on = all.filter(({ isOn }) => isOn).length;
  const isWhole = on === all.length;
  return (
    <section aria-labelledby="protections" className="card px-4 py-4 sm:px-5 text-sm">
      <h2 id="protections" className="flex items-center gap-2 font-semibold text-base">
        <Icon name="shield-check" className={isWhole ? "text-success" : "text-muted"} />
        {m.security_protections({ on, all: all.length })}
      </h2>
      <ul className="mt-3 flex flex-wrap gap-x-6 gap-y-1.5">
        {all.map(({ name, isOn, to }) => (
          <li key={name} className="flex items-center gap-2">
            <Icon name={isOn ? "circle-check" : "minus"} className={isOn ? "text-success" : "text-muted"} />
            {isOn ? (
              name
            ) : (
              <>
                <span className="text-muted">{name}</span>
                <Link
                  to={to}
                  aria-label={m.security_protection_add_label({ name })}
                  className="shrink-0 font-medium text-accent hover:underline"
                >
                  {m.security_protection_add()}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
