import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { audit } from "./feature.ts";

export const auditView = {
  places: [
    {
      permission: "audit:read",
      icon: "scroll-text",
      label: () => m.audit_title(),
      shortcut: "g a",
      hrefIn: (organization: string) => href("/organizations/:organization/audit", { organization }),
    },
  ],
} satisfies FeatureView<typeof audit>;
