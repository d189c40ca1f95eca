import type { IconName } from "#app/ui/icon-names.ts";
import type { LoggedPlace } from "./feature-view.ts";

type Told = Record<"name" | "organization" | "role" | "email" | "about", string>;

/** The notifications of a domain. They link to a place, or to the dashboard if there is none or the reader has no access. */
export type FeatureNews = Record<string, { icon: IconName; words: (told: Told) => string; leads?: LoggedPlace }>;
