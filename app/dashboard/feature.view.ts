import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { dashboard } from "./feature.ts";

export const dashboardView = {
  places: [
    {
      permission: "dashboard:read",
      icon: "layout-dashboard",
      label: () => m.dashboard_place(),
      shortcut: "g d",
      hrefIn: (organization: string) => href("/organizations/:organization/dashboard", { organization }),
    },
  ],
} satisfies FeatureView<typeof dashboard>;
