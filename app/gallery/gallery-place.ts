import { LATER_PAGE } from "#app/ui/list-place.ts";

export const galleryPlace = {
  search: /\S/,
  by: /^[\w-]{1,64}$/,
  type: /^image\/(jpeg|png|webp|gif|avif)$/,
  sort: /^(name|largest)$/,
  page: LATER_PAGE,
};

export const trashPlace = { page: LATER_PAGE };
