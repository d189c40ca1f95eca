import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureNews } from "#app/tenancy/feature-news.ts";
import type { LoggedPlace } from "#app/tenancy/feature-view.ts";

const leads: LoggedPlace = {
  permission: "webhook:read",
  hrefOf: ({ organization }) => href("/organizations/:organization/webhooks", { organization }),
};

export const webhooksNews = {
  "webhook-disabled": { icon: "webhook", words: (told) => m.webhooks_told_disabled(told), leads },
  "webhook-maker-left": { icon: "webhook", words: (told) => m.webhooks_told_maker_left(told), leads },
} satisfies FeatureNews;
