import { PRODUCT_NAME } from "#app/product.ts";

export function title(...parts: string[]): string {
  return [...parts, PRODUCT_NAME].filter(Boolean).join(" · ");
}
