import { href } from "react-router";
import { formatDateTime, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Section } from "#app/ui/card.tsx";
import { CopyButton } from "#app/ui/copy-button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { Heard } from "#app/ui/heard.tsx";
import { inlineForm, SaveButton } from "#app/ui/inline-form.tsx";
import { Link } from "#app/ui/link.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Pagination } from "#app/ui/pagination.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { deliveryPlace, deliveryStatuses } from "./delivery-place.ts";
import { nameOfEvent } from "./event-name.ts";
import { ANSWER_WITHIN_SECONDS, DELIVERIES_KEPT_DAYS } from "./limits.ts";
import { Press } from "./press.tsx";
import type { Delivery, WebhookVisit } from "./webhooks.server.ts";

type InOne = { organization: string; webhook: string };

export function Deliveries({ params, visit }: { params: InOne; visit: WebhookVisit }) {
  const { webhook, deliveries, filter, page, pages, now } = visit;
  const here = href("/organizations/:organization/webhooks/:webhook", params);
  const isDisabled = webhook.disabledBecause !== null;
  const hrefFor = (status: typeof filter, to = 1) => {
    const search = new URLSearchParams({ ...(status && { status }), ...(to > 1 && { page: String(to) }) });
    return search.size === 0 ? here : `${here}?${search}`;
  };
  return (
    <Section
      title={m.webhooks_deliveries()}
      description={m.webhooks_deliveries_description({ days: DELIVERIES_KEPT_DAYS })}
    >
      <nav aria-label={m.webhooks_deliveries()} className="-mt-1 mb-3 flex flex-wrap gap-0.5 text-sm sm:gap-1">
        {[null, ...deliveryStatuses].map((status) => (
          <Link
            key={status}
            to={hrefFor(status)}
            aria-current={status === filter ? "page" : undefined}
            className="rounded-md px-2 py-1 text-muted sm:px-2.5 hover:bg-hover aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-text"
          >
            {nameOfFilter(status)}
          </Link>
        ))}
      </nav>
      <Heard>{nameOfFilter(filter)}</Heard>
      {deliveries.length === 0 ? (
        <p className="text-muted text-sm">
          {filter === null ? m.webhooks_deliveries_none() : m.webhooks_deliveries_none_such()}
        </p>
      ) : (
        <ul className="divide-y border-y">
          {deliveries.map((delivery) => (
            <DeliveryItem key={delivery.id} delivery={delivery} params={params} now={now} mayReplay={!isDisabled} />
          ))}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefFor={(to) => hrefFor(filter, to)} />
      {!isDisabled && <ReplayForm params={params} since={visit.yesterday} />}
    </Section>
  );
}

function nameOfFilter(status: WebhookVisit["filter"]): string {
  return status === null ? m.webhooks_deliveries_all() : statusName(status);
}

function ReplayForm({ params, since }: { params: InOne; since: string }) {
  const action = href("/organizations/:organization/webhooks/:webhook/replay", params) + usePlaceIn(deliveryPlace);
  return (
    <Form method="post" action={action} className={`${inlineForm} mt-4`}>
      <Field
        id="since"
        errorId="since-error"
        label={m.webhooks_replay_since()}
        inputProps={{ name: "since", type: "date", required: true, defaultValue: since }}
      />
      <div className="@sm:mt-6.5">
        <SaveButton action={action} label={m.webhooks_replay()} variant="secondary" />
      </div>
    </Form>
  );
}

type DeliveryItemProps = { delivery: Delivery; params: InOne; now: number; mayReplay: boolean };

function DeliveryItem({ delivery, params, now, mayReplay }: DeliveryItemProps) {
  const { id, event, status, attempts, createdAt, triedAt, nextAttemptAt } = delivery;
  const place = { ...params, delivery: id };
  const inList = usePlaceIn(deliveryPlace);
  const action = href("/organizations/:organization/webhooks/:webhook/deliveries/:delivery", place) + inList;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-2.5 text-sm">
      <details className="group min-w-0 flex-1 basis-60">
        <summary id={id} className="cursor-pointer rounded-sm marker:text-muted">
          <span className="font-medium">{nameOfEvent(event)}</span>
          <span className="block ps-3.5 text-muted text-xs">
            <RelativeTime value={new Date(createdAt)} now={new Date(now)} />
            {answerWords(delivery) !== null && ` · ${answerWords(delivery)}`}
          </span>
        </summary>
        <dl className="mt-2 grid gap-x-4 gap-y-1.5 ps-3.5 text-xs sm:grid-cols-[auto_1fr] [&_dt]:text-muted">
          <dt>{m.webhooks_event_type()}</dt>
          <dd dir="ltr" className="break-all text-start font-mono">
            {event}
          </dd>
          <dt>{m.webhooks_message_id()}</dt>
          <dd className="flex flex-wrap items-center gap-2">
            <code dir="ltr" className="min-w-0 select-all break-words font-mono">
              {id}
            </code>
            <CopyButton text={id} of={id}>
              {m.webhooks_message_id_copy()}
            </CopyButton>
          </dd>
          <dt>{m.webhooks_attempts_label()}</dt>
          <dd>{formatNumber(attempts)}</dd>
          {triedAt !== null && (
            <>
              <dt>{m.webhooks_tried_at()}</dt>
              <dd>{formatDateTime(triedAt)}</dd>
            </>
          )}
          {status === "waiting" && nextAttemptAt > now && (
            <>
              <dt>{m.webhooks_next_attempt()}</dt>
              <dd>{formatDateTime(nextAttemptAt)}</dd>
            </>
          )}
        </dl>
      </details>
      <div className="flex items-center gap-2 max-sm:ps-3.5">
        <Status status={status} />
        {mayReplay && status !== "waiting" && (
          <Press action={action} label={m.webhooks_replay()} of={id} sends={{ tried: String(triedAt ?? 0) }} />
        )}
      </div>
    </li>
  );
}

function Status({ status }: Pick<Delivery, "status">) {
  const tone = { waiting: "neutral", delivered: "success", failed: "danger" } as const;
  return <Badge tone={tone[status]}>{statusName(status)}</Badge>;
}

function statusName(status: Delivery["status"]): string {
  if (status === "delivered") return m.webhooks_status_delivered();
  return status === "failed" ? m.webhooks_status_failed() : m.webhooks_status_waiting();
}

function answerWords({ fault, answerStatus, answerMs }: Delivery): string | null {
  if (fault === "timeout") return m.webhooks_fault_timeout({ seconds: ANSWER_WITHIN_SECONDS });
  if (fault === "unreachable") return m.webhooks_fault_unreachable();
  if (fault === "address") return m.webhooks_fault_address();
  if (fault === "disabled") return m.webhooks_fault_disabled();
  if (answerStatus === null) return null;
  return m.webhooks_answer({ status: String(answerStatus), ms: formatNumber(answerMs ?? 0) });
}
