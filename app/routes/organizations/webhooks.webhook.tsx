import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import { showWebhook } from "#app/webhooks/operations.server.ts";
import { WebhookPage } from "#app/webhooks/webhook-page.tsx";

export const meta = () => [{ title: title(m.webhook_place()) }];

export const loader = page(showWebhook);

export default WebhookPage;
