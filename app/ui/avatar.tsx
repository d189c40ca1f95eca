import { initialsOf } from "#app/text/initials.ts";
import { classes } from "./classes.ts";

const TINTS = 8;

const sizes = {
  small: "size-6 text-[0.625rem]",
  medium: null,
  large: "size-12 text-base",
  huge: "size-20 text-2xl",
};

export type AvatarSize = keyof typeof sizes;

type AvatarProps = {
  /** The id of what the avatar stands for. The colour depends on it, so it stays the same when the name changes. */
  id: string;
  name: string;
  imageUrl?: string | null;
  size?: AvatarSize;
  shape?: "round" | "square";
  className?: string;
};

export function Avatar({ id, name, imageUrl = null, size = "medium", shape = "round", className }: AvatarProps) {
  const frame = classes("avatar", shape === "square" && "avatar-square", sizes[size], className);
  if (imageUrl !== null) return <img src={imageUrl} alt="" className={frame} />;
  return (
    <span
      aria-hidden="true"
      // The style sheet draws the initials: as text they would become part of the label of the button or row around them.
      data-mark={initialsOf(name)}
      className={classes(frame, `tint tint-${tintOf(id)}`)}
    />
  );
}

function tintOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % TINTS;
}
