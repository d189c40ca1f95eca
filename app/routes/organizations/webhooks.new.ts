import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { askForWebhook, makeWebhook } from "#app/webhooks/operations.server.ts";
import { NewWebhookPage } from "#app/webhooks/webhook-form-pages.tsx";

export const meta = organizationTitle(() => m.webhooks_add());

export const loader = page(askForWebhook);

export const action = form(makeWebhook, { shows: ({ webhook, secret }) => ({ webhook, secret }) });

export default NewWebhookPage;
