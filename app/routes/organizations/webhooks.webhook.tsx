import { href, redirect } from "react-router";
import { listTitle } from "#app/frame/list-title.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { page } from "#app/request/doors.server.ts";
import { onPage } from "#app/ui/list-place.ts";
import { showWebhook } from "#app/webhooks/operations.server.ts";
import { WebhookPage } from "#app/webhooks/webhook-page.tsx";
import type { Route } from "./+types/webhooks.webhook";

export const meta: Route.MetaFunction = listTitle(({ webhook }) => nameApart(webhook.name));

export const loader = page(showWebhook, (found, { input: { organization, webhook, page }, search }) => {
  if (page <= found.pages) return found;
  throw redirect(
    href("/organizations/:organization/webhooks/:webhook", { organization, webhook }) + onPage(search, found.pages),
  );
});

export default WebhookPage;
