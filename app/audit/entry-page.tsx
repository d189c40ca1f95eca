import type { ReactNode } from "react";
import { href } from "react-router";
import { formatDateTime, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { BackLink } from "#app/ui/back-link.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Column } from "#app/ui/column.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { actionWords } from "./action-words.ts";
import { actorName } from "./actor-name.ts";
import { Changes } from "./changes.tsx";
import type { EntryDetails } from "./entry.server.ts";
import { logPlace } from "./log-place.ts";

type EntryPageProps = { params: { organization: string }; loaderData: EntryDetails };

export function EntryPage({ params: { organization }, loaderData: entry }: EntryPageProps) {
  const { actor, at, via, action, device, userAgent, ipAddress, requestId, thing } = entry;
  const log = href("/organizations/:organization/audit", { organization });
  const name = actorName(actor);
  const facts: { term: string; fact: ReactNode }[] = [
    {
      term: m.log_entry_who(),
      fact: (
        <Link to={`${log}?${new URLSearchParams({ actor: actor.id })}`} className="inline-flex gap-2 hover:underline">
          <Avatar id={actor.id} name={name} imageUrl={avatarUrl(actor)} size="small" />
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    ...(via === null ? [] : [{ term: m.log_entry_via(), fact: <bdi>{via}</bdi> }]),
    {
      term: m.log_entry_when(),
      fact: <time dateTime={new Date(at).toISOString()}>{formatDateTime(at)}</time>,
    },
    {
      term: m.log_entry_device(),
      fact: device === null ? <NotKept /> : <Device words={device} userAgent={userAgent ?? ""} />,
    },
    { term: m.log_entry_address(), fact: ipAddress === null ? <NotKept /> : <Code>{ipAddress}</Code> },
    { term: m.log_entry_request(), fact: requestId === null ? <NotKept /> : <Code>{requestId}</Code> },
    { term: m.log_entry_action(), fact: <Code>{action}</Code> },
  ];
  return (
    <Column>
      <BackLink to={log + usePlaceIn(logPlace)} label={m.audit_title()} />
      <PageHeader
        title={actionWords(entry)}
        actions={
          thing !== null && (
            <LinkButton to={thing} variant="secondary">
              {m.log_entry_open()}
            </LinkButton>
          )
        }
      />
      <div className="grid gap-5">
        <Section title={m.log_entry_title()}>
          <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
            {facts.map(({ term, fact }) => (
              <div key={term} className="grid gap-1 sm:contents">
                <dt className="text-muted">{term}</dt>
                <dd className="min-w-0">{fact}</dd>
              </div>
            ))}
          </dl>
        </Section>
        <Changes before={entry.before} after={entry.after} />
        <Seal {...entry} />
      </div>
    </Column>
  );
}

function Seal({ place, entries, seal }: Pick<EntryDetails, "place" | "entries" | "seal">) {
  return (
    <Section
      title={m.log_seal_title()}
      actions={
        <Badge tone={seal === null ? "warning" : "success"}>
          {seal === null ? m.log_seal_missing() : m.log_seal_sealed()}
        </Badge>
      }
    >
      <p className="text-sm">{m.log_seal_place({ place: formatNumber(place ?? 0), total: formatNumber(entries) })}</p>
      {seal !== null && (
        <p className="mt-2 text-muted text-xs">
          <Code>{seal}</Code>
        </p>
      )}
    </Section>
  );
}

function Device({ words, userAgent }: { words: string; userAgent: string }) {
  return (
    <>
      {words}
      <bdi dir="ltr" className="block text-muted text-xs">
        {userAgent}
      </bdi>
    </>
  );
}

function Code({ children }: { children: string }) {
  return (
    <bdi dir="ltr" className="inline-block max-w-full break-words font-mono text-[0.9em]">
      {children}
    </bdi>
  );
}

function NotKept() {
  return <span className="text-muted">{m.log_entry_not_kept()}</span>;
}
