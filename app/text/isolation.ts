const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const fromTheRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Puts FSI and PDI (UAX 9) around a name. In left-to-right text, a name without right-to-left letters stays as it is. */
export function isolate(name: string, direction: "ltr" | "rtl"): string {
  const plain = withoutDirections(name);
  return plain !== "" && (direction === "rtl" || fromTheRight.test(plain)) ? `\u2068${plain}\u2069` : plain;
}

export function withoutDirections(name: string): string {
  return name.replace(directions, "");
}
