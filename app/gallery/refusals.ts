import { m } from "#app/i18n/messages.ts";
import { pictureRefusals } from "#app/pictures/refusals.ts";

export const uploadRefusals = {
  "quota-full": { status: 409, field: "file", message: () => m.gallery_quota_full() },
  ...pictureRefusals("file"),
} as const;

export const changeRefusals = {
  "not-found": { status: 404, message: () => m.gallery_image_gone() },
  "not-yours": { status: 403, message: () => m.gallery_not_yours() },
} as const;

export const trashRefusals = {
  ...changeRefusals,
  "not-found": { status: 404, message: () => m.gallery_trash_gone() },
} as const;
