export const IMAGE_SIZE_MAXIMUM = 10_000_000;
/** Characters, as the database counts them: code points. */
export const IMAGE_NAME_MAXIMUM = 120;
export const IMAGES_PER_PAGE = 24;
/** What a filter lets through is counted no further. */
export const IMAGES_COUNTED = 1_000;
export const SELECTED_MAXIMUM = 100;
export const TRASH_DAYS = 30;
export const UPLOADS_AT_ONCE = 3;
/** Pixels; every other width is refused, or anybody could fill the cache with sizes nobody needs. */
export const THUMBNAIL_WIDTHS = [480, 960, 1920] as const;

export type ThumbnailWidth = (typeof THUMBNAIL_WIDTHS)[number];
