import { href } from "react-router";
import { announcePress } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { testWebhook } from "#app/webhooks/operations.server.ts";

export const loader = postOnly;

export const action = form(testWebhook, {
  leads: (_done, { organization, webhook }) =>
    href("/organizations/:organization/webhooks/:webhook", { organization, webhook }),
  says: "webhooks_test_sent",
});

export const clientAction = announcePress(() => m.webhooks_test_sent());
