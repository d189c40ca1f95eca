import { keysNews } from "./keys/feature.news.ts";
import { organizationsNews } from "./organizations/feature.news.ts";
import type { FeatureNews } from "./tenancy/feature-news.ts";
import { webhooksNews } from "./webhooks/feature.news.ts";

/** Separate from `features.view.ts`, since it is loaded only with the bell's panel. */
const domains = [organizationsNews, keysNews, webhooksNews] as const;

type Domain = (typeof domains)[number];

export type NotificationType = Domain extends infer D ? (D extends FeatureNews ? keyof D : never) : never;

export const featureNews: FeatureNews = Object.assign({}, ...domains);
