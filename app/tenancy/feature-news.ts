import type { IconName } from "#app/ui/icon-names.ts";
import type { LoggedPlace } from "./feature-view.ts";

export type Told = Record<"name" | "organization" | "role" | "email" | "about", string>;

/** What a domain tells people. Without a place, or for those whom it is shut to, it leads to the dashboard. */
export type FeatureNews = Record<string, { icon: IconName; words: (told: Told) => string; leads?: LoggedPlace }>;
