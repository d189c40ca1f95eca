import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";

export const factorsView = {
  steps: {
    factor: {
      permission: "dashboard:read",
      label: () => m.security_step_factor(),
      hrefIn: () => href("/settings/security/authenticator"),
    },
  },
} satisfies FeatureView<unknown>;
