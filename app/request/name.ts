import { z } from "zod";
import { lengthOf, nameOf } from "#app/text/names.ts";

type NameRule = {
  /** In code points, without what joins or colours others. */
  minimum?: number;
  /** In code points. */
  maximum: number;
  missing: () => string;
  tooLong: () => string;
};

/** The one rule for what people, organizations and things are called: `nameOf`, with something to be seen, within its length. */
export function nameField({ minimum = 1, maximum, missing, tooLong }: NameRule) {
  return z
    .string({ error: missing })
    .transform(nameOf)
    .refine((name) => lengthOf(name.replace(/\p{Cf}|\p{Variation_Selector}/gu, "")) >= minimum, { error: missing })
    .refine((name) => lengthOf(name) <= maximum, { error: tooLong });
}
