const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Letters that are written from right to left, and digits that follow them. */
const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A name for a sentence that runs in this direction: neither reorders the other (FSI and PDI of UAX 9). In a sentence from left
 * to right a name without a letter from the right cannot, and stays as it is.
 */
export function isolated(name: string, direction: "ltr" | "rtl"): string {
  const plain = withoutDirections(name);
  return plain !== "" && (direction === "rtl" || fromTheRight.test(plain)) ? `\u2068${plain}\u2069` : plain;
}

/** For what is read as data: no sentence runs around it, but a line does. */
export function withoutDirections(name: string): string {
  return name.replace(directions, "");
}
