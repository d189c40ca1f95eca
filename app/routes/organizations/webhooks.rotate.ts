import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { askForWebhookSecret, rotateWebhookSecret } from "#app/webhooks/operations.server.ts";
import { RotateWebhookPage } from "#app/webhooks/webhook-form-pages.tsx";
import type { Route } from "./+types/webhooks.rotate";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.webhooks_rotate(),
  ({ webhook }) => webhook.name,
);

export const loader = page(askForWebhookSecret);

export const action = form(rotateWebhookSecret, { shows: ({ webhook, secret }) => ({ webhook, secret }) });

export default RotateWebhookPage;
