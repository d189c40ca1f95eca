import { sql } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import { organizationOf } from "#app/db/schema/organizations.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { findLostImages, imageFiles } from "./image-files.server.ts";

export const galleryOnServer = {
  exported: {
    images: {
      table: image,
      byId: [image.createdBy],
      more: (appUrl) => ({
        organization: organizationOf(image.organizationId, "name"),
        fileUrl: sql`${`${appUrl}/files/`} || ${organizationOf(image.organizationId, "slug")} || '/images/' || ${image.id}`,
      }),
    },
  },
  emptied: [image],
  files: imageFiles,
  lost: findLostImages,
} satisfies ServerFeature;
