import { account } from "./account/feature.ts";
import { audit } from "./audit/feature.ts";
import { auth } from "./auth/feature.ts";
import { dashboard } from "./dashboard/feature.ts";
import { gallery } from "./gallery/feature.ts";
import { keys } from "./keys/feature.ts";
import { notifications } from "./notifications/feature.ts";
import { organizations } from "./organizations/feature.ts";
import { palette } from "./palette/feature.ts";
import type { Feature } from "./tenancy/feature.ts";
import { webhooks } from "./webhooks/feature.ts";

/** The domains, in the order in which their lists are shown. */
const domains = [
  dashboard,
  gallery,
  organizations,
  keys,
  webhooks,
  audit,
  notifications,
  palette,
  account,
  auth,
] as const;

type Domain = (typeof domains)[number];

export type FeaturePermission = Domain extends infer D ? (D extends { permissions: infer P } ? keyof P : never) : never;
export type FeatureAction = Domain extends infer D ? (D extends { actions: readonly (infer A)[] } ? A : never) : never;

export const features: readonly Feature[] = domains;
