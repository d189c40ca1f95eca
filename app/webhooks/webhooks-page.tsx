import { href } from "react-router";
import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Badge } from "#app/ui/badge.tsx";
import { LinkButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Link } from "#app/ui/link.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { webhookEvents } from "./events.ts";
import { ENDPOINTS_PER_ORGANIZATION } from "./limits.ts";
import type { Webhook } from "./webhooks.server.ts";

type WebhooksPageProps = { params: { organization: string }; loaderData: { webhooks: Webhook[] } };

export function WebhooksPage({ params: { organization }, loaderData: { webhooks } }: WebhooksPageProps) {
  const add = (
    <LinkButton to={href("/organizations/:organization/webhooks/new", { organization })}>{m.webhooks_add()}</LinkButton>
  );
  const isFull = webhooks.length >= ENDPOINTS_PER_ORGANIZATION;
  return (
    <>
      <PageHeader
        title={m.webhook_place()}
        description={m.webhooks_description()}
        actions={webhooks.length > 0 && !isFull ? add : undefined}
      />
      {isFull && (
        <div className="mb-5">
          <Notice>{m.webhooks_full({ maximum: ENDPOINTS_PER_ORGANIZATION })}</Notice>
        </div>
      )}
      {webhooks.length === 0 ? (
        <EmptyState
          icon="webhook"
          title={m.webhooks_none_title()}
          description={m.webhooks_none_description()}
          action={add}
        />
      ) : (
        <Card>
          <ul className="divide-y">
            {webhooks.map((webhook) => (
              <li
                key={webhook.id}
                className="flex flex-wrap items-center justify-between gap-3 px-4 py-3.5 text-sm sm:px-5"
              >
                <div className="min-w-0 flex-1 basis-40">
                  <Link
                    to={href("/organizations/:organization/webhooks/:webhook", { organization, webhook: webhook.id })}
                    dir="auto"
                    className="rounded-sm font-medium hover:underline"
                  >
                    {webhook.name}
                  </Link>
                  <p dir="ltr" className="truncate font-mono text-muted text-xs rtl:text-end">
                    {webhook.url}
                  </p>
                  <p className="mt-0.5 text-muted text-xs">
                    {webhook.events.length === webhookEvents.length
                      ? m.webhooks_events_all()
                      : m.webhooks_events_count({
                          count: formatNumber(webhook.events.length),
                          all: formatNumber(webhookEvents.length),
                        })}
                  </p>
                </div>
                <WebhookState webhook={webhook} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

export function WebhookState({ webhook: { disabledBecause, failingSince } }: { webhook: Webhook }) {
  if (disabledBecause !== null) return <Badge>{m.webhooks_state_disabled()}</Badge>;
  if (failingSince !== null) return <Badge tone="warning">{m.webhooks_state_failing()}</Badge>;
  return <Badge tone="success">{m.webhooks_state_enabled()}</Badge>;
}
