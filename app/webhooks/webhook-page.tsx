import { href } from "react-router";
import { formatDateTime } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asksFirst } from "#app/ui/asks-first.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Section } from "#app/ui/card.tsx";
import { Column } from "#app/ui/column.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Deliveries } from "./deliveries.tsx";
import { deliveryPlace } from "./delivery-place.ts";
import { nameOfEvent } from "./event-name.ts";
import { webhookEvents } from "./events.ts";
import { FAILING_DAYS } from "./limits.ts";
import { Press } from "./press.tsx";
import type { WebhookVisit } from "./webhooks.server.ts";
import { WebhookState } from "./webhooks-page.tsx";

type InOne = { organization: string; webhook: string };

export function WebhookPage({ params, loaderData }: { params: InOne; loaderData: WebhookVisit }) {
  const { webhook } = loaderData;
  const isDisabled = webhook.disabledBecause !== null;
  return (
    <Column>
      <BackLink to={href("/organizations/:organization/webhooks", params)} label={m.webhook_place()} />
      <PageHeader
        title={webhook.name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span dir="ltr" className="break-all font-mono">
              {webhook.url}
            </span>
            <WebhookState webhook={webhook} />
          </span>
        }
        actions={<Commands params={params} isDisabled={isDisabled} />}
      />
      <div className="grid gap-5">
        {isDisabled && (
          <Notice tone={webhook.disabledBecause === "person" ? "info" : "warning"}>
            {webhook.disabledBecause === "gone" && <p>{m.webhooks_because_gone()}</p>}
            {webhook.disabledBecause === "failing" && <p>{m.webhooks_because_failing({ days: FAILING_DAYS })}</p>}
            <p>{m.webhooks_while_disabled()}</p>
          </Notice>
        )}
        {webhook.failingSince !== null && (
          <Notice tone="warning">
            <p>{m.webhooks_failing_since({ time: formatDateTime(webhook.failingSince) })}</p>
            <p>{m.webhooks_failing_hint({ days: FAILING_DAYS })}</p>
          </Notice>
        )}
        <Section title={m.webhooks_events_label()}>
          <ul className="flex flex-wrap gap-1.5 text-xs">
            {webhook.events.length === webhookEvents.length ? (
              <li className="rounded-md bg-sunken px-2 py-1">{m.webhooks_events_all()}</li>
            ) : (
              webhook.events.map((event) => (
                <li key={event} className="rounded-md bg-sunken px-2 py-1">
                  {nameOfEvent(event)}
                </li>
              ))
            )}
          </ul>
          {webhook.seesAddresses && <p className="mt-3 text-muted text-sm">{m.webhooks_addresses_included()}</p>}
        </Section>
        <Deliveries params={params} visit={loaderData} />
      </div>
    </Column>
  );
}

function Commands({ params, isDisabled }: { params: InOne; isDisabled: boolean }) {
  const inList = usePlaceIn(deliveryPlace);
  const look = { variant: "secondary", size: "small" } as const;
  return (
    <>
      {!isDisabled && (
        <Press
          action={href("/organizations/:organization/webhooks/:webhook/test", params)}
          label={m.webhooks_test()}
          isOnce
        />
      )}
      <LinkButton to={href("/organizations/:organization/webhooks/:webhook/edit", params) + inList} {...look}>
        {m.webhooks_edit()}
      </LinkButton>
      <LinkButton to={href("/organizations/:organization/webhooks/:webhook/rotate", params) + inList} {...look}>
        {asksFirst(m.webhooks_rotate())}
      </LinkButton>
      {isDisabled ? (
        <Press
          action={href("/organizations/:organization/webhooks/:webhook/enable", params) + inList}
          label={m.webhooks_enable()}
        />
      ) : (
        <Press
          action={href("/organizations/:organization/webhooks/:webhook/disable", params) + inList}
          label={m.webhooks_disable()}
        />
      )}
      <LinkButton to={href("/organizations/:organization/webhooks/:webhook/remove", params) + inList} {...look}>
        {asksFirst(m.webhooks_remove())}
      </LinkButton>
    </>
  );
}
