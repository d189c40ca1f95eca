export const IMAGE_SIZE_MAXIMUM = 10_000_000;
/** In characters as the database counts them: code points. */
export const IMAGE_NAME_MAXIMUM = 120;
export const IMAGES_PER_PAGE = 24;
/** Images that match a filter, or were added lately, are counted up to this number; a search has its own maximum. */
export const IMAGES_COUNTED = 1_000;
export const SELECTED_MAXIMUM = 100;
export const TRASH_DAYS = 30;
export const UPLOADS_AT_ONCE = 3;
/** In pixels. Every other width is refused; otherwise anyone could fill the cache with sizes that nobody needs. */
export const THUMBNAIL_WIDTHS = [480, 960, 1920] as const;

export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];
