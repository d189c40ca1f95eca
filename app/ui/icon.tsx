import { classes } from "./classes.ts";
import type { IconName } from "./icon-names.ts";
import sprite from "./icons.svg?url";

/** Says nothing by itself: the words stand beside it, or in the label of what it is in. */
export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg aria-hidden="true" className={classes("icon", className)}>
      <use href={`${sprite}#${name}`} />
    </svg>
  );
}
