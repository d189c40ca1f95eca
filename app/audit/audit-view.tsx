import "./audit.css";
import "#app/ui/offline-links.ts";
import { href } from "react-router";
import { formatDayFrom } from "#app/i18n/day-heading.ts";
import { formatDate, formatDateTime, formatTime } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Heard } from "#app/ui/heard.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { PageHeader } from "#app/ui/page-header.tsx";
import { actionWords } from "./action-words.ts";
import { actorName } from "./actor-name.ts";
import { ChainState } from "./chain-state.tsx";
import type { AuditPage, LoggedEntry } from "./log.server.ts";
import { LogFilter, searchOf } from "./log-filter.tsx";
import { isReversed, logPlace } from "./log-place.ts";

type AuditViewProps = { organization: string; page: AuditPage };

export function AuditView({ organization, page }: AuditViewProps) {
  const { entries, total, hasMore, filter, older, newer, chain, now } = page;
  const address = href("/organizations/:organization/audit", { organization });
  const inLog = usePlaceIn(logPlace);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const to = (place: Record<string, string>) => `${address}?${searchOf(filter, place)}`;
  const description = hasMore ? m.audit_description_more : m.audit_description;
  return (
    <>
      <PageHeader
        title={m.audit_title()}
        description={<span aria-live="polite">{description({ count: total })}</span>}
        actions={
          isReversed(filter) ? undefined : (
            <>
              <ExportLink {...{ organization, filter }} format="csv" label={m.audit_export()} />
              <ExportLink {...{ organization, filter }} format="json" label={m.log_export_json()} />
            </>
          )
        }
      />
      {chain !== null && <ChainState organization={organization} chain={chain} />}
      <LogFilter address={address} page={page} mayClear={isFiltered && entries.length > 0} />
      {entries.length === 0 && (
        <EmptyState
          icon={isFiltered ? "search" : "scroll-text"}
          title={isFiltered ? m.audit_none_title() : m.audit_empty_title()}
          description={isFiltered ? m.audit_none_description() : m.audit_empty_description()}
          action={
            (isFiltered || total > 0) && (
              <LinkButton to={address} variant="secondary">
                {isFiltered ? m.common_filter_clear() : m.audit_show_all()}
              </LinkButton>
            )
          }
        />
      )}
      <div className="grid gap-6">
        {byDay(entries).map(({ day, at, entries }) => (
          <section key={day} aria-labelledby={`day-${entries[0]?.id}`}>
            <h2
              id={`day-${entries[0]?.id}`}
              className="sticky top-14 z-1 -mx-1 bg-background px-1 py-2 font-semibold text-sm"
            >
              {formatDayFrom(at, now)}
              {formatDayFrom(at, now) !== day && <span className="hidden print:inline"> · {day}</span>}
            </h2>
            <Card>
              <ol className="entries">
                {entries.map((entry) => (
                  <EntryItem key={entry.id} {...{ entry, organization, address, inLog }} />
                ))}
              </ol>
            </Card>
          </section>
        ))}
      </div>
      <nav aria-label={m.common_pagination()} className="mt-8 flex flex-wrap justify-center gap-2">
        <Heard>{spanOf(entries)}</Heard>
        {newer !== null && (
          <LinkButton to={to({ after: newer })} rel="prev" variant="secondary" size="small">
            {m.audit_newer()}
          </LinkButton>
        )}
        {older !== null && (
          <LinkButton to={to({ before: older })} rel="next" variant="secondary" size="small">
            {m.audit_older()}
          </LinkButton>
        )}
      </nav>
    </>
  );
}

type ExportLinkProps = {
  organization: string;
  filter: AuditPage["filter"];
  format: "csv" | "json";
  label: string;
};

function ExportLink({ organization, filter, format, label }: ExportLinkProps) {
  const address = href("/organizations/:organization/audit/export", { organization });
  return (
    // A plain link, because the router would treat the file as a page.
    <a href={`${address}?${searchOf(filter, { format })}`} download className={buttonClasses({ variant: "secondary" })}>
      <Icon name="download" />
      {label}
    </a>
  );
}

function spanOf(entries: readonly LoggedEntry[]): string {
  const [newest, oldest] = [entries[0], entries.at(-1)];
  return newest && oldest ? `${formatDateTime(newest.at)} – ${formatDateTime(oldest.at)}` : "";
}

/** Groups entries by the date that people read, so the days are those of the reader's time zone. */
function byDay(entries: readonly LoggedEntry[]) {
  const days: { day: string; at: number; entries: LoggedEntry[] }[] = [];
  for (const entry of entries) {
    const day = formatDate(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, at: entry.at, entries: [entry] });
  }
  return days;
}

type EntryItemProps = { entry: LoggedEntry; organization: string; address: string; inLog: string };

function EntryItem({ entry, organization, address, inLog }: EntryItemProps) {
  const { id, at, actor, ipAddress } = entry;
  const name = actorName(actor);
  return (
    <li>
      <Avatar id={actor.id} name={name} imageUrl={avatarUrl(actor)} />
      <div>
        <p>
          <Link to={`${address}?${searchOf({ actor: actor.id })}`} dir="auto">
            {name}
          </Link>
        </p>
        <p>
          <Link to={href("/organizations/:organization/audit/:entry", { organization, entry: id }) + inLog}>
            {actionWords(entry)}
          </Link>
        </p>
      </div>
      <div>
        <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time>
        {ipAddress !== null && <bdi title={ipAddress}>{ipAddress}</bdi>}
      </div>
    </li>
  );
}
