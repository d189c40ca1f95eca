import { href, redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { onPage } from "#app/ui/list-place.ts";
import { title } from "#app/ui/title.ts";
import { showWebhook } from "#app/webhooks/operations.server.ts";
import { WebhookPage } from "#app/webhooks/webhook-page.tsx";

export const meta = () => [{ title: title(m.webhook_place()) }];

export const loader = page(showWebhook, (found, { input: { organization, webhook, page }, search }) => {
  if (page <= found.pages) return found;
  throw redirect(
    href("/organizations/:organization/webhooks/:webhook", { organization, webhook }) + onPage(search, found.pages),
  );
});

export default WebhookPage;
