import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { askForWebhookRemoval, removeWebhook } from "#app/webhooks/operations.server.ts";
import { RemoveWebhookPage } from "#app/webhooks/webhook-form-pages.tsx";
import type { Route } from "./+types/webhooks.remove";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.webhooks_remove(),
  ({ webhook }) => webhook.name,
);

export const loader = page(askForWebhookRemoval);

export const action = form(removeWebhook, {
  leads: (_done, { organization }) => href("/organizations/:organization/webhooks", { organization }),
  says: "webhooks_removed",
});

export const clientAction = announce(() => m.webhooks_removed());

export default RemoveWebhookPage;
