import { PRODUCT_NAME } from "#app/product.ts";
import { LogoMark } from "./logo-mark.tsx";

/** Where there is no room for the name beside the mark, only the mark is shown. */
export function Logo() {
  return (
    <span
      dir="ltr"
      lang="en"
      className="inline-flex h-7 flex-wrap items-center gap-2 overflow-hidden pe-px font-semibold text-lg tracking-[-0.02em]"
    >
      <LogoMark />
      {PRODUCT_NAME}
    </span>
  );
}
