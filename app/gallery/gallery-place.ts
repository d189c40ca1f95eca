import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import { isOneOf, LATER_PAGE } from "#app/ui/list-place.ts";

/** The first is the default. */
export const imageSorts = ["newest", "name", "largest"] as const;
export type ImageSort = (typeof imageSorts)[number];

export const galleryPlace = {
  search: /\S/,
  by: /^[\w-]{1,64}$/,
  type: isOneOf(IMAGE_TYPES),
  sort: isOneOf(imageSorts.slice(1)),
  page: LATER_PAGE,
};

export const trashPlace = { page: LATER_PAGE };
