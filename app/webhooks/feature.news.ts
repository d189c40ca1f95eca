import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureNews } from "#app/tenancy/feature-news.ts";

export const webhooksNews = {
  "webhook-disabled": {
    icon: "webhook",
    words: (told) => m.webhooks_told_disabled(told),
    leads: {
      permission: "webhook:read",
      hrefOf: ({ organization }) => href("/organizations/:organization/webhooks", { organization }),
    },
  },
} satisfies FeatureNews;
