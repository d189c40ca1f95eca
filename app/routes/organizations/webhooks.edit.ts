import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { deliveryPlace } from "#app/webhooks/delivery-place.ts";
import { askForWebhookSettings, editWebhook } from "#app/webhooks/operations.server.ts";
import { EditWebhookPage } from "#app/webhooks/webhook-form-pages.tsx";
import type { Route } from "./+types/webhooks.edit";

export const meta: Route.MetaFunction = organizationTitle(
  () => m.webhooks_edit_title(),
  ({ webhook }) => webhook.name,
);

export const loader = page(askForWebhookSettings);

export const action = form(editWebhook, {
  leads: (_done, { organization, webhook }, search) =>
    href("/organizations/:organization/webhooks/:webhook", { organization, webhook }) + placeIn(deliveryPlace, search),
  says: "webhooks_saved",
});

export const clientAction = announce(() => m.webhooks_saved());

export default EditWebhookPage;
