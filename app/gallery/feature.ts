import type { Feature } from "#app/tenancy/feature.ts";
import { everyone, ownOrAdmins } from "#app/tenancy/roles.ts";

const actions = [
  "image.created",
  "image.renamed",
  "image.deleted",
  "image.restored",
  "image.purged",
  "trash.emptied",
] as const;

/** Messages about images that other pages use. All other messages are loaded only with the pages of images. */
const elsewhere = {
  gallery_place: "signed-in",
  gallery_found: "signed-in",
  gallery_count: "signed-in",
  gallery_did: "signed-in",
  gallery_action: "signed-in",
  gallery_figure: "signed-in",
  gallery_storage_figure: "signed-in",
  gallery_storage_of: "signed-in",
  gallery_first: "signed-in",
  gallery_add: "signed-in",
} as const;

export const gallery = {
  permissions: {
    "gallery:read": everyone,
    "gallery:create": everyone,
    "gallery:update": ownOrAdmins,
    "gallery:delete": ownOrAdmins,
  },
  actions,
  openActions: { "gallery:read": actions },
  messages: { gallery: "browsing", ...elsewhere },
  slugs: ["gallery", "images"],
} as const satisfies Feature;
