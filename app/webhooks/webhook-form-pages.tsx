import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { Once } from "#app/ui/once.tsx";
import { QuestionPage } from "#app/ui/question-page.tsx";
import { ShownOnce } from "#app/ui/shown-once.tsx";
import type { FormAgain } from "#app/ui/use-form.ts";
import { deliveryPlace } from "./delivery-place.ts";
import { ENDPOINTS_PER_ORGANIZATION, FORMER_SECRET_HOURS } from "./limits.ts";
import { WebhookForm } from "./webhook-form.tsx";
import type { Webhook } from "./webhooks.server.ts";

type InOne = { organization: string; webhook: string };
type Shown = { secret: string; webhook: string };

type NewWebhookPageProps = {
  params: { organization: string };
  loaderData: { isFull: boolean };
  actionData?: FormAgain | Shown | undefined;
};

export function NewWebhookPage({ params: { organization }, loaderData: { isFull }, actionData }: NewWebhookPageProps) {
  if (actionData && "secret" in actionData) return <Secret organization={organization} shown={actionData} />;
  const list = href("/organizations/:organization/webhooks", { organization });
  return (
    <NarrowPage
      back={{ to: list, label: m.webhook_place() }}
      title={m.webhooks_add()}
      description={m.webhooks_none_description()}
    >
      {isFull && actionData === undefined ? (
        <Notice tone="warning">{m.webhooks_full({ maximum: ENDPOINTS_PER_ORGANIZATION })}</Notice>
      ) : (
        <WebhookForm result={actionData} webhook={null} save={m.webhooks_add()} cancelTo={list} />
      )}
    </NarrowPage>
  );
}

type OneProps<A = FormAgain> = { params: InOne; loaderData: { webhook: Webhook }; actionData?: A | undefined };

export function EditWebhookPage({ params, loaderData: { webhook }, actionData }: OneProps) {
  const back = href("/organizations/:organization/webhooks/:webhook", params) + usePlaceIn(deliveryPlace);
  return (
    <NarrowPage back={{ to: back, label: webhook.name }} title={m.webhooks_edit_title()} description={webhook.name}>
      <WebhookForm result={actionData} webhook={webhook} save={m.common_save()} cancelTo={back} />
    </NarrowPage>
  );
}

export function RotateWebhookPage({ params, loaderData: { webhook }, actionData }: OneProps<FormAgain | Shown>) {
  const inList = usePlaceIn(deliveryPlace);
  if (actionData && "secret" in actionData) return <Secret organization={params.organization} shown={actionData} />;
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/webhooks/:webhook", params) + inList, label: webhook.name }}
      title={m.webhooks_rotate()}
      question={m.webhooks_rotate_question({ hours: FORMER_SECRET_HOURS })}
      confirm={m.webhooks_rotate()}
      result={actionData}
    >
      <Once />
    </QuestionPage>
  );
}

export function RemoveWebhookPage({ params, loaderData: { webhook }, actionData }: OneProps) {
  const inList = usePlaceIn(deliveryPlace);
  return (
    <QuestionPage
      back={{ to: href("/organizations/:organization/webhooks/:webhook", params) + inList, label: webhook.name }}
      title={m.webhooks_remove()}
      question={m.webhooks_remove_question({ name: webhook.name })}
      confirm={m.webhooks_remove()}
      result={actionData}
    />
  );
}

function Secret({ organization, shown: { secret, webhook } }: { organization: string; shown: Shown }) {
  return (
    <ShownOnce
      back={{ to: href("/organizations/:organization/webhooks", { organization }), label: m.webhook_place() }}
      title={m.webhooks_secret_title()}
      description={m.webhooks_secret_description()}
      warning={m.webhooks_secret_once()}
      value={secret}
      copy={m.webhooks_secret_copy()}
      kept={{
        to:
          href("/organizations/:organization/webhooks/:webhook", { organization, webhook }) + usePlaceIn(deliveryPlace),
        label: m.webhooks_secret_kept(),
      }}
    />
  );
}
