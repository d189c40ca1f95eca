import type { ReactNode } from "react";
import { href } from "react-router";
import { formatDate, formatDateTime, formatRelative } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { keyPermissions } from "#app/tenancy/permissions.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { Badge } from "#app/ui/badge.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Card, CardHeader } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import type { KeysPage as Found, Key } from "./keys.server.ts";
import { KEY_WARNING_DAYS, KEYS_PER_ORGANIZATION } from "./limits.ts";
import { permissionGroups } from "./permission-names.ts";

type KeysPageProps = {
  params: { organization: string };
  loaderData: Found & { given: readonly string[] };
};

export function KeysPage({ params: { organization }, loaderData: { living, dead, now, given } }: KeysPageProps) {
  const create = (
    <LinkButton to={href("/organizations/:organization/keys/new", { organization })}>{m.keys_create()}</LinkButton>
  );
  const isFull = living.length >= KEYS_PER_ORGANIZATION;
  const lacking: readonly string[] = keyPermissions.filter((each) => !given.includes(each));
  return (
    <>
      <PageHeader
        title={m.key_place()}
        description={m.keys_description()}
        actions={living.length > 0 && !isFull ? create : undefined}
      />
      <div className="grid gap-5">
        {isFull && <Notice>{m.keys_full({ maximum: KEYS_PER_ORGANIZATION })}</Notice>}
        {living.length === 0 ? (
          <EmptyState
            icon="key-round"
            title={m.keys_none_title()}
            description={m.keys_none_description()}
            action={create}
          />
        ) : (
          <Card>
            <ul className="divide-y">
              {living.map((key) => (
                <LivingKey
                  key={key.id}
                  organization={organization}
                  shown={key}
                  now={now}
                  mayRotate={!key.permissions.some((each) => lacking.includes(each))}
                />
              ))}
            </ul>
          </Card>
        )}
        {dead.length > 0 && (
          <Card>
            <CardHeader title={m.keys_dead_title()} description={m.keys_dead_description()} />
            <ul className="mt-3 divide-y border-t">
              {dead.map((key) => (
                <DeadKey key={key.id} shown={key} />
              ))}
            </ul>
          </Card>
        )}
      </div>
    </>
  );
}

type LivingKeyProps = { organization: string; shown: Key; now: number; mayRotate: boolean };

function LivingKey({ organization, shown, now, mayRotate }: LivingKeyProps) {
  const { id, name, permissions, createdAt, lastUsedAt, expiresAt, formerUntil } = shown;
  const isRotating = formerUntil !== null && formerUntil > now;
  const isEnding = expiresAt !== null && expiresAt - now < KEY_WARNING_DAYS * 86_400_000;
  const one = { organization, key: id };
  const groups = permissionGroups(permissions);
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 text-sm sm:px-5">
      <div className="grid min-w-0 flex-1 basis-72 gap-2">
        <Name shown={shown}>{isEnding && <Badge tone="warning">{m.keys_ends_soon()}</Badge>}</Name>
        {groups.length === 0 ? (
          <p className="text-muted text-xs">{m.keys_opens_nothing()}</p>
        ) : (
          <ul className="flex flex-wrap gap-1.5">
            {groups.map(({ noun, label, permissions }) => (
              <li key={noun} className="rounded-md bg-sunken px-2 py-0.5 text-xs">
                <span className="font-medium">{label}</span>{" "}
                <span className="text-muted">{permissions.map(({ label }) => label).join(" · ")}</span>
              </li>
            ))}
          </ul>
        )}
        <p className="text-muted text-xs">
          {madeBy(shown)}
          {" · "}
          {formatDate(createdAt)}
          {" · "}
          {lastUsedAt === null ? m.keys_never_used() : m.keys_last_used({ date: formatRelative(lastUsedAt, now) })}
          {" · "}
          {expiresAt === null ? m.keys_never_expires() : m.keys_expires({ date: formatDate(expiresAt) })}
        </p>
        {isRotating && <p className="text-xs">{m.keys_former_until({ date: formatDateTime(formerUntil) })}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {mayRotate && !isRotating && (
          <LinkButton
            to={href("/organizations/:organization/keys/:key/rotate", one)}
            variant="secondary"
            size="small"
            aria-label={m.keys_rotate_one({ name })}
          >
            {asksFirst(m.keys_rotate())}
          </LinkButton>
        )}
        <LinkButton
          to={href("/organizations/:organization/keys/:key/revoke", one)}
          variant="secondary"
          size="small"
          aria-label={m.keys_revoke_one({ name })}
        >
          {asksFirst(m.keys_revoke())}
        </LinkButton>
      </div>
    </li>
  );
}

function DeadKey({ shown }: { shown: Key }) {
  const { revokedAt, expiresAt } = shown;
  const ended = formatDate(revokedAt ?? expiresAt ?? 0);
  return (
    <li className="grid gap-1 px-4 py-3.5 text-sm sm:px-5">
      <Name shown={shown}>
        <Badge>{revokedAt === null ? m.keys_expired_on({ date: ended }) : m.keys_revoked_on({ date: ended })}</Badge>
      </Name>
      <p className="text-muted text-xs">{madeBy(shown)}</p>
    </li>
  );
}

function Name({ shown: { name, prefix }, children }: { shown: Key; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <span dir="auto" className="min-w-0 font-medium">
        {name}
      </span>
      <code dir="ltr" className="font-mono text-muted text-xs">
        {prefix}…
      </code>
      {children}
    </div>
  );
}

function madeBy({ makerName }: Key): string {
  return makerName === null ? m.keys_made_by_former() : m.keys_made_by({ name: makerName });
}
