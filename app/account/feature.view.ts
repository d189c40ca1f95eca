import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { account } from "./feature.ts";

export const accountView = {
  logged: {
    "email.changed": { did: () => m.security_did_change_email() },
    "email.change-undone": { did: () => m.security_did_undo_email() },
  },
} satisfies FeatureView<typeof account>;
