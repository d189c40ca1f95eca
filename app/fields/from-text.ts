import { z } from "zod";

/** A whole number as JSON writes it, or as the text that a search has in its place. */
export function fromText<S extends z.ZodType<number>>(number: S) {
  return z.preprocess((given) => (isWhole(given) ? Number(given) : given), number);
}

function isWhole(given: unknown): boolean {
  return typeof given === "string" && /^(0|-?[1-9]\d{0,14})$/.test(given);
}
