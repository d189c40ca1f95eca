import { classes } from "./classes.ts";
import type { IconName } from "./icon-names.ts";
import sprite from "./icons.svg?url";

/** Hidden from screen readers without a `label`: the text is then beside it or in the label of its parent. */
export function Icon({ name, className, label }: { name: IconName; className?: string; label?: string }) {
  const use = <use href={`${sprite}#${name}`} />;
  return label === undefined ? (
    <svg aria-hidden="true" className={classes("icon", className)}>
      {use}
    </svg>
  ) : (
    <svg role="img" aria-label={label} className={classes("icon", className)}>
      {use}
    </svg>
  );
}
