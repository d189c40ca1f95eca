import { href, Link } from "react-router";
import { formatDateTime } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { avatarUrl } from "#app/pictures/picture-urls.ts";
import { Avatar } from "#app/ui/avatar.tsx";
import { Button, buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { actionNames, actionWords } from "./action-words.ts";
import { actorName } from "./actor-name.ts";
import type { AuditPage, LoggedEntry } from "./log.server.ts";
import type { AuditFilter } from "./schemas.ts";

type AuditViewProps = { organization: string; page: AuditPage };

export function AuditView({ organization, page }: AuditViewProps) {
  const { entries, total, hasMore, filter, older, newer } = page;
  const address = href("/organizations/:organization/audit", { organization });
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const to = (place: Record<string, string>) => `${address}?${searchOf(filter, place)}`;
  const description = hasMore ? m.audit_description_more : m.audit_description;
  return (
    <>
      <PageHeader
        title={m.audit_title()}
        description={description({ count: total })}
        actions={
          // A plain link: the router would take the file for a page.
          <a
            href={`${href("/organizations/:organization/audit/export", { organization })}?${searchOf(filter)}`}
            download
            className={buttonClasses({ variant: "secondary" })}
          >
            <Icon name="download" />
            {m.audit_export()}
          </a>
        }
      />
      <FilterForm address={address} page={page} isFiltered={isFiltered} />
      {entries.length === 0 ? (
        <EmptyState
          icon="scroll-text"
          title={m.audit_none_title()}
          description={m.audit_none_description()}
          action={
            <LinkButton to={address} variant="secondary">
              {m.audit_show_all()}
            </LinkButton>
          }
        />
      ) : (
        <Card className="overflow-hidden">
          <ol className="divide-y">
            {entries.map((entry) => (
              <EntryItem key={entry.id} entry={entry} address={address} />
            ))}
          </ol>
        </Card>
      )}
      <nav aria-label={m.common_pagination()} className="mt-8 flex flex-wrap justify-center gap-2">
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

function EntryItem({ entry, address }: { entry: LoggedEntry; address: string }) {
  const { at, actor, ipAddress } = entry;
  const name = actorName(actor);
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 px-4 py-3.5 text-sm sm:grid-cols-[auto_minmax(0,1fr)_auto] sm:px-5">
      <Avatar id={actor.id} name={name} imageUrl={avatarUrl(actor)} />
      <div className="min-w-0">
        <p className="break-words">
          <Link
            to={`${address}?${searchOf({ actor: actor.id })}`}
            dir="auto"
            className="rounded-sm font-medium hover:underline"
          >
            {name}
          </Link>
        </p>
        <p className="break-words text-muted">{actionWords(entry)}</p>
      </div>
      <div className="text-muted text-xs tabular-nums max-sm:col-start-2 max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 sm:text-end">
        <time dateTime={new Date(at).toISOString()} className="block">
          {formatDateTime(at)}
        </time>
        {ipAddress !== null && (
          <bdi className="block max-w-40 truncate font-mono sm:mt-0.5 sm:ms-auto" title={ipAddress}>
            {ipAddress}
          </bdi>
        )}
      </div>
    </li>
  );
}

type FilterFormProps = { address: string; page: AuditPage; isFiltered: boolean };

function FilterForm({ address, page: { filter, actors, chosen }, isFiltered }: FilterFormProps) {
  const { actor = "", action = "", from = "", to = "" } = filter;
  const people = actors.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen !== null && !people.some(({ value }) => value === actor)) {
    people.push({ value: actor, label: actorName(chosen) });
  }
  const actions = actionNames.map(({ value, label }) => ({ value, label: label() }));
  return (
    <Form
      key={JSON.stringify(filter)}
      action={address}
      className="mb-5 grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_10rem_10rem_auto]"
    >
      <SelectField
        {...plain("actor")}
        label={m.audit_filter_actor()}
        selectProps={{ name: "actor", defaultValue: actor }}
        options={[{ value: "", label: m.audit_filter_everybody() }, ...people]}
      />
      <SelectField
        {...plain("action")}
        label={m.audit_filter_action()}
        selectProps={{ name: "action", defaultValue: action }}
        options={[{ value: "", label: m.audit_filter_everything() }, ...actions]}
      />
      <Field
        {...plain("from")}
        label={m.audit_filter_from()}
        inputProps={{ type: "date", name: "from", defaultValue: from }}
      />
      <Field {...plain("to")} label={m.audit_filter_to()} inputProps={{ type: "date", name: "to", defaultValue: to }} />
      <div className="flex gap-2 max-lg:col-span-2">
        <Button variant="secondary">{m.audit_filter_apply()}</Button>
        {isFiltered && (
          <LinkButton to={address} variant="ghost" className="-me-3.5">
            {m.audit_filter_reset()}
          </LinkButton>
        )}
      </div>
    </Form>
  );
}

function plain(name: string) {
  return { id: `filter-${name}`, errorId: `filter-${name}-error` };
}

function searchOf(filter: AuditFilter, place: Record<string, string> = {}): string {
  const set = Object.entries({ ...filter, ...place }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return String(new URLSearchParams(set));
}
