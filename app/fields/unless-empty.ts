import { z } from "zod";

/** A form also sends fields that are empty. They count as left out. */
export function unlessEmpty<S extends z.ZodType>(schema: S) {
  return z
    .preprocess((sent) => (typeof sent === "string" && sent.trim() === "" ? undefined : sent), schema.optional())
    .optional();
}
