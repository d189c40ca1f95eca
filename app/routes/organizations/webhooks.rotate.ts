import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import { askForNewSecret, rotateWebhookSecret } from "#app/webhooks/operations.server.ts";
import { RotateWebhookPage } from "#app/webhooks/webhook-form-pages.tsx";

export const meta = () => [{ title: title(m.webhooks_rotate()) }];

export const loader = page(askForNewSecret);

export const action = form(rotateWebhookSecret, { shows: ({ webhook, secret }) => ({ webhook, secret }) });

export default RotateWebhookPage;
