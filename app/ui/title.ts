import { PRODUCT_NAME } from "#app/product.ts";

/** What a browser's tab shows: the page, what it is of, and the product. */
export function title(...parts: string[]): string {
  return [...parts, PRODUCT_NAME].join(" · ");
}
