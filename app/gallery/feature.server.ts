import { desc, sql } from "drizzle-orm";
import { href } from "react-router";
import { image, images, trashedImage } from "#app/db/schema/gallery.ts";
import { organization, organizationOf } from "#app/db/schema/organizations.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";
import { findLostImages, imageFiles } from "./image-files.server.ts";
import { purgeExpired } from "./trash.server.ts";

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
    deletedImages: {
      table: trashedImage,
      byId: [trashedImage.createdBy],
      more: () => ({ organization: organizationOf(trashedImage.organizationId, "name") }),
    },
  },
  emptied: [image, trashedImage],
  findable: {
    images: {
      permission: "gallery:read",
      searched: images,
      orderBy: [desc(image.createdAt), desc(image.id)],
    },
  },
  steps: { image: sql`${organization.imageCount} > 0` },
  counted: { images: organization.imageCount },
  things: [
    {
      table: image,
      id: image.id,
      hrefOf: ({ organization, id }) =>
        href("/organizations/:organization/gallery/:image", { organization, image: id }),
    },
  ],
  files: imageFiles,
  lost: findLostImages,
  scheduled: { "empty the trash": purgeExpired },
} satisfies ServerFeature;
