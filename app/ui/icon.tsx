import { classes } from "./classes.ts";
import type { IconName } from "./icon-names.ts";
import sprite from "./icons.svg?url";

/** Says nothing without a `label`: the words stand beside it, or in the label of what it is in. */
export function Icon({ name, className, label }: { name: IconName; className?: string; label?: string }) {
  const spoken = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg {...spoken} className={classes("icon", className)}>
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
