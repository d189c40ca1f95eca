import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureNews } from "#app/tenancy/feature-news.ts";
import type { LoggedPlace } from "#app/tenancy/feature-view.ts";

const leads: LoggedPlace = {
  permission: "key:read",
  hrefOf: ({ organization }) => href("/organizations/:organization/keys", { organization }),
};

export const keysNews = {
  "key-created": { icon: "key-round", words: (told) => m.keys_told_created(told), leads },
  "key-expires": { icon: "clock", words: (told) => m.keys_told_expires(told), leads },
  "key-maker-left": { icon: "key-round", words: (told) => m.keys_told_maker_left(told), leads },
} satisfies FeatureNews;
