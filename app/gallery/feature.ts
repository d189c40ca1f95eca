import type { Feature } from "#app/tenancy/feature.ts";
import { everyone, ownOrAdmins } from "#app/tenancy/roles.ts";

export const gallery = {
  permissions: {
    "gallery:read": everyone,
    "gallery:create": everyone,
    "gallery:update": ownOrAdmins,
    "gallery:delete": ownOrAdmins,
  },
  actions: ["image.created", "image.renamed", "image.deleted"],
  messages: { gallery: "signed-in" },
  slugs: ["gallery", "images"],
} as const satisfies Feature;
