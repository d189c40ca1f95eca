import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { keys } from "./feature.ts";

export const keysView = {
  places: [
    {
      permission: "key:read",
      icon: "key-round",
      label: () => m.key_place(),
      shortcut: "g k",
      hrefIn: (organization: string) => href("/organizations/:organization/keys", { organization }),
    },
  ],
  commands: [
    {
      permission: "key:manage",
      icon: "key-round",
      label: () => m.key_new(),
      hrefIn: (organization: string) => href("/organizations/:organization/keys/new", { organization }),
    },
  ],
  logged: {
    "key.created": { did: ({ name }) => m.key_did_create({ name }), name: () => m.key_action_created() },
    "key.rotated": { did: ({ name }) => m.key_did_rotate({ name }), name: () => m.key_action_rotated() },
    "key.revoked": { did: ({ name }) => m.key_did_revoke({ name }), name: () => m.key_action_revoked() },
  },
} satisfies FeatureView<typeof keys>;
