import { z } from "zod";

type Limits = { none: () => string } & ({ maximum: number; tooMany: () => string } | { maximum?: never });

/** The values of ticked boxes: at least one, without duplicates. A form sends one as a string and more as an array. */
export function several<T extends z.ZodType>(each: T, { none, ...most }: Limits) {
  const some = z.array(each, { error: none }).min(1, { error: none });
  return z.preprocess(
    (sent) => (typeof sent === "string" ? [sent] : Array.isArray(sent) ? [...new Set(sent)] : sent),
    most.maximum === undefined ? some : some.max(most.maximum, { error: most.tooMany }),
  );
}
