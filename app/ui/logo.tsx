import { PRODUCT_NAME } from "#app/product.ts";
import { classes } from "./classes.ts";
import { LogoMark } from "./logo-mark.tsx";

export function Logo({ className }: { className?: string }) {
  return (
    <span
      dir="ltr"
      lang="en"
      className={classes("inline-flex items-center gap-2 font-semibold text-lg tracking-[-0.02em]", className)}
    >
      <LogoMark />
      {PRODUCT_NAME}
    </span>
  );
}
