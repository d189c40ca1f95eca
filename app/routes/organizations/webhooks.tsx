import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { listWebhooks } from "#app/webhooks/operations.server.ts";
import { WebhooksPage } from "#app/webhooks/webhooks-page.tsx";

export const meta = organizationTitle(() => m.webhook_place());

export const loader = page(listWebhooks);

export default WebhooksPage;
