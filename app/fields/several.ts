import { z } from "zod";

type Limits = { maximum: number; none: () => string; tooMany: () => string };

/** The values of ticked boxes: at least one, without duplicates. */
export function several<T extends z.ZodType>(each: T, { maximum, none, tooMany }: Limits) {
  return z.preprocess(
    (sent) => (typeof sent === "string" ? [sent] : Array.isArray(sent) ? [...new Set(sent)] : sent),
    z.array(each, { error: none }).min(1, { error: none }).max(maximum, { error: tooMany }),
  );
}
