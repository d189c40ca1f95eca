import { m } from "#app/i18n/messages.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";
import { Link } from "#app/ui/link.tsx";
import { actionNames } from "./action-words.ts";
import { actorName } from "./actor-name.ts";
import type { AuditPage } from "./log.server.ts";
import { isReversed } from "./log-place.ts";
import type { AuditFilter } from "./schemas.ts";

type LogFilterProps = { address: string; page: AuditPage; mayClear: boolean };

export function LogFilter({ address, page: { filter, actors, chosen, today }, mayClear }: LogFilterProps) {
  const { actor = "", action = "", from = "", to = "", search = "" } = filter;
  const people = actors.map(({ id, name }) => ({ value: id, label: name }));
  if (chosen !== null && !people.some(({ value }) => value === actor)) {
    people.push({ value: actor, label: actorName(chosen) });
  }
  const actions = actionNames.map(({ value, label }) => ({ value, label: label() }));
  return (
    <>
      <FilterForm
        filter={{ search, actor, action, from, to }}
        action={address}
        className="print:hidden mb-3 grid grid-cols-2 gap-3 lg:grid-cols-4 [&>:nth-child(-n+3)]:max-sm:col-span-2"
      >
        <div className="col-span-2">
          <Field
            {...plain("search")}
            label={m.log_search()}
            inputProps={{ type: "search", name: "search", defaultValue: search, placeholder: m.log_search_hint() }}
          />
        </div>
        <SelectField
          {...plain("actor")}
          label={m.audit_filter_actor()}
          selectProps={{ name: "actor", defaultValue: actor }}
          options={[{ value: "", label: m.common_filter_anyone() }, ...people]}
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
        <Field
          {...plain("to")}
          label={m.audit_filter_to()}
          errors={isReversed({ from, to }) ? [m.log_days_reversed()] : undefined}
          inputProps={{ type: "date", name: "to", defaultValue: to }}
        />
        <div className="flex items-start gap-2 max-lg:col-span-2 lg:mt-6.5">
          <Button variant="secondary">{m.common_filter_search()}</Button>
          {mayClear && (
            <LinkButton to={address} variant="ghost" className="-me-3.5">
              {m.common_filter_clear()}
            </LinkButton>
          )}
        </div>
      </FilterForm>
      <nav aria-label={m.log_period()} className="mb-6 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {periodsTo(today).map(({ label, from: first }) => (
          <Link
            key={first + label}
            to={`${address}?${searchOf({ ...filter, from: first, to: today })}`}
            aria-current={first === from && today === to ? "page" : undefined}
            className="inline-flex min-h-6 items-center rounded-sm text-muted hover:text-text hover:underline aria-[current=page]:font-medium aria-[current=page]:text-text"
          >
            {label}
          </Link>
        ))}
      </nav>
    </>
  );
}

/** Ranges of whole days that end with `today`, as `2026-11-27`. */
function periodsTo(today: string) {
  const daysBefore = (days: number) => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
  return [
    { label: m.log_today(), from: today },
    { label: m.log_last_days({ count: 7 }), from: daysBefore(6) },
    { label: m.log_last_days({ count: 30 }), from: daysBefore(29) },
    { label: m.log_this_month(), from: `${today.slice(0, 8)}01` },
  ];
}

function plain(name: string) {
  return { id: `filter-${name}`, errorId: `filter-${name}-error` };
}

export function searchOf(filter: AuditFilter, place: Record<string, string> = {}): string {
  const set = Object.entries({ ...filter, ...place }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return String(new URLSearchParams(set));
}
