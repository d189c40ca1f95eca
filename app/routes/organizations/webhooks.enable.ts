import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { deliveryPlace } from "#app/webhooks/delivery-place.ts";
import { enableWebhook } from "#app/webhooks/operations.server.ts";

export const loader = postOnly;

export const action = form(enableWebhook, {
  leads: (_done, { organization, webhook }, search) =>
    href("/organizations/:organization/webhooks/:webhook", { organization, webhook }) + placeIn(deliveryPlace, search),
  says: "webhooks_state_enabled",
});

export const clientAction = announcePress(() => m.webhooks_state_enabled());
