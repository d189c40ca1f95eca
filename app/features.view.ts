import { auditView } from "./audit/feature.view.ts";
import { factorsView } from "./auth/factors/feature.view.ts";
import { dashboardView } from "./dashboard/feature.view.ts";
import { galleryView } from "./gallery/feature.view.ts";
import { keysView } from "./keys/feature.view.ts";
import { organizationsView } from "./organizations/feature.view.ts";
import { settingsView } from "./organizations/settings/feature.view.ts";
import type { AnyFeatureView } from "./tenancy/feature-view.ts";
import { webhooksView } from "./webhooks/feature.view.ts";

export const featureViews: readonly AnyFeatureView[] = [
  dashboardView,
  galleryView,
  organizationsView,
  keysView,
  webhooksView,
  auditView,
  settingsView,
  factorsView,
];
