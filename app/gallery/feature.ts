import type { Feature } from "#app/tenancy/feature.ts";
import { everyone, ownOrAdmins } from "#app/tenancy/roles.ts";

const actions = ["image.created", "image.renamed", "image.deleted"] as const;

export const gallery = {
  permissions: {
    "gallery:read": everyone,
    "gallery:create": everyone,
    "gallery:update": ownOrAdmins,
    "gallery:delete": ownOrAdmins,
  },
  actions,
  openActions: actions,
  messages: { gallery: "signed-in" },
  slugs: ["gallery", "images"],
} as const satisfies Feature;
