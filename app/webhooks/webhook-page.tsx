import { href } from "react-router";
import { actionNames } from "#app/audit/action-words.ts";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Field } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { inlineForm, SaveButton } from "#app/ui/inline-form.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";
import { TEST_EVENT } from "./events.ts";
import { ANSWER_WITHIN_SECONDS, DELIVERIES_KEPT_DAYS, FAILING_DAYS } from "./limits.ts";
import type { Delivery, WebhookVisit } from "./webhooks.server.ts";
import { WebhookState } from "./webhooks-page.tsx";

type InOne = { organization: string; webhook: string };

export function WebhookPage({ params, loaderData }: { params: InOne; loaderData: WebhookVisit }) {
  const { webhook, deliveries, page, pages, now } = loaderData;
  const here = href("/organizations/:organization/webhooks/:webhook", params);
  const isDisabled = webhook.disabledBecause !== null;
  return (
    <>
      <PageHeader
        title={webhook.name}
        description={
          <span dir="ltr" className="break-all font-mono">
            {webhook.url}
          </span>
        }
        actions={<WebhookState webhook={webhook} />}
      />
      <div className="grid max-w-3xl gap-5">
        {webhook.disabledBecause === "gone" && <Notice tone="warning">{m.webhooks_because_gone()}</Notice>}
        {webhook.disabledBecause === "failing" && (
          <Notice tone="warning">{m.webhooks_because_failing({ days: FAILING_DAYS })}</Notice>
        )}
        <Section title={m.webhooks_events_label()}>
          <p className="text-muted text-sm">{webhook.events.map(nameOfEvent).join(" · ")}</p>
          <div className="mt-4 flex flex-wrap gap-2">
            <LinkButton
              to={href("/organizations/:organization/webhooks/:webhook/edit", params)}
              variant="secondary"
              size="small"
            >
              {m.webhooks_edit()}
            </LinkButton>
            <LinkButton
              to={href("/organizations/:organization/webhooks/:webhook/rotate", params)}
              variant="secondary"
              size="small"
            >
              {m.webhooks_rotate()}
            </LinkButton>
            {isDisabled ? (
              <Press
                action={href("/organizations/:organization/webhooks/:webhook/enable", params)}
                label={m.webhooks_enable()}
              />
            ) : (
              <>
                <Press
                  action={href("/organizations/:organization/webhooks/:webhook/test", params)}
                  label={m.webhooks_test()}
                />
                <Press
                  action={href("/organizations/:organization/webhooks/:webhook/disable", params)}
                  label={m.webhooks_disable()}
                />
              </>
            )}
            <LinkButton
              to={href("/organizations/:organization/webhooks/:webhook/remove", params)}
              variant="secondary"
              size="small"
            >
              {m.webhooks_remove()}
            </LinkButton>
          </div>
        </Section>
        <Section
          title={m.webhooks_deliveries()}
          description={m.webhooks_deliveries_description({ days: DELIVERIES_KEPT_DAYS })}
        >
          {deliveries.length === 0 ? (
            <p className="text-muted text-sm">{m.webhooks_deliveries_none()}</p>
          ) : (
            <ul className="divide-y">
              {deliveries.map((delivery) => (
                <DeliveryItem key={delivery.id} delivery={delivery} params={params} now={now} mayReplay={!isDisabled} />
              ))}
            </ul>
          )}
          {!isDisabled && deliveries.length > 0 && <ReplayForm params={params} now={now} />}
        </Section>
        <Pagination page={page} pages={pages} hrefFor={(to) => (to === 1 ? here : `${here}?page=${to}`)} />
      </div>
    </>
  );
}

function Press({ action, label }: { action: string; label: string }) {
  return (
    <Form method="post" action={action}>
      <Button variant="secondary" size="small">
        {label}
      </Button>
    </Form>
  );
}

function ReplayForm({ params, now }: { params: InOne; now: number }) {
  const action = href("/organizations/:organization/webhooks/:webhook/replay", params);
  return (
    <Form method="post" action={action} className={`${inlineForm} mt-4`}>
      <Field
        id="since"
        errorId="since-error"
        label={m.webhooks_replay_since()}
        inputProps={{
          name: "since",
          type: "date",
          required: true,
          defaultValue: new Date(now - 86_400_000).toISOString().slice(0, 10),
        }}
      />
      <div className="sm:mt-6.5">
        <SaveButton action={action} label={m.webhooks_replay()} variant="secondary" />
      </div>
    </Form>
  );
}

type DeliveryItemProps = { delivery: Delivery; params: InOne; now: number; mayReplay: boolean };

function DeliveryItem({ delivery, params, now, mayReplay }: DeliveryItemProps) {
  const { id, event, status, attempts, createdAt } = delivery;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 text-sm">
      <div className="min-w-0">
        <p className="font-medium">{nameOfEvent(event)}</p>
        <p className="text-muted text-xs">
          <RelativeTime value={new Date(createdAt)} now={new Date(now)} />
          {" · "}
          {m.webhooks_attempts({ attempts: formatNumber(attempts) })}
          {answerWords(delivery) !== null && ` · ${answerWords(delivery)}`}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <Status status={status} />
        {mayReplay && status !== "waiting" && (
          <Press
            action={href("/organizations/:organization/webhooks/:webhook/deliveries/:delivery", {
              ...params,
              delivery: id,
            })}
            label={m.webhooks_replay()}
          />
        )}
      </div>
    </li>
  );
}

function Status({ status }: Pick<Delivery, "status">) {
  if (status === "delivered") return <Badge tone="success">{m.webhooks_status_delivered()}</Badge>;
  if (status === "failed") return <Badge tone="danger">{m.webhooks_status_failed()}</Badge>;
  return <Badge>{m.webhooks_status_waiting()}</Badge>;
}

function answerWords({ fault, answerStatus, answerMs }: Delivery): string | null {
  if (fault === "timeout") return m.webhooks_fault_timeout({ seconds: ANSWER_WITHIN_SECONDS });
  if (fault === "unreachable") return m.webhooks_fault_unreachable();
  if (fault === "address") return m.webhooks_fault_address();
  if (fault === "disabled") return m.webhooks_fault_disabled();
  if (answerStatus === null) return null;
  return m.webhooks_answer({ status: String(answerStatus), ms: formatNumber(answerMs ?? 0) });
}

function nameOfEvent(event: string): string {
  if (event === TEST_EVENT) return m.webhooks_event_test();
  return actionNames.find(({ value }) => value === event)?.label() ?? event;
}
