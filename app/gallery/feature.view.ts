import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView, LoggedPlace } from "#app/tenancy/feature-view.ts";
import type { gallery } from "./feature.ts";

const shown: LoggedPlace = {
  permission: "gallery:read",
  hrefOf: ({ organization, id: image }) => href("/organizations/:organization/gallery/:image", { organization, image }),
};

export const galleryView = {
  places: [
    {
      permission: "gallery:read",
      icon: "images",
      label: () => m.gallery_place(),
      shortcut: "g g",
      hrefIn: (organization: string) => href("/organizations/:organization/gallery", { organization }),
    },
  ],
  commands: [
    {
      permission: "gallery:create",
      icon: "image-up",
      label: () => m.gallery_add(),
      shortcut: "c",
      hrefIn: (organization: string) => href("/organizations/:organization/gallery/upload", { organization }),
    },
  ],
  steps: {
    image: {
      permission: "gallery:create",
      label: () => m.gallery_first_title(),
      hrefIn: (organization: string) => href("/organizations/:organization/gallery", { organization }),
    },
  },
  found: {
    images: {
      label: () => m.gallery_found(),
      icon: "image",
      hrefOf: ({ organization, id: image }) =>
        href("/organizations/:organization/gallery/:image", { organization, image }),
    },
  },
  counted: { images: (count) => m.gallery_count({ count }) },
  logged: {
    "image.created": {
      did: ({ name }) => m.gallery_did_upload_image({ name }),
      name: () => m.gallery_action_image_created(),
      leads: shown,
    },
    "image.renamed": {
      did: ({ before, after, name }) => m.gallery_did_rename_image({ before: before || name, after }),
      name: () => m.gallery_action_image_renamed(),
      leads: shown,
    },
    "image.deleted": {
      did: ({ name }) => m.gallery_did_delete_image({ name }),
      name: () => m.gallery_action_image_deleted(),
    },
    "image.restored": {
      did: ({ name }) => m.gallery_did_restore_image({ name }),
      name: () => m.gallery_action_image_restored(),
    },
    "image.purged": {
      did: ({ name }) => m.gallery_did_purge_image({ name }),
      name: () => m.gallery_action_image_purged(),
    },
    "trash.emptied": {
      did: () => m.gallery_did_empty_trash(),
      name: () => m.gallery_action_trash_emptied(),
    },
  },
} satisfies FeatureView<typeof gallery>;
