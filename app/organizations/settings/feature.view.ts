import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";

export const settingsView = {
  places: [
    {
      permission: "organization:update",
      icon: "settings",
      label: () => m.organizations_place_settings(),
      hrefIn: (organization: string) => href("/organizations/:organization/settings", { organization }),
    },
  ],
  steps: {
    logo: {
      permission: "organization:update",
      label: () => m.organizations_step_logo(),
      hrefIn: (organization: string) => href("/organizations/:organization/settings", { organization }),
    },
  },
} satisfies FeatureView<unknown>;
