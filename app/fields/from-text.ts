import { z } from "zod";

/** Accepts a whole number as a JSON number, or as text from the search parameters. */
export function fromText<S extends z.ZodType<number>>(number: S) {
  return z.preprocess((given) => (isWhole(given) ? Number(given) : given), number);
}

function isWhole(given: unknown): boolean {
  return typeof given === "string" && /^(0|-?[1-9]\d{0,14})$/.test(given);
}
