import { z } from "zod";
import { lengthOf, nameOf } from "#app/text/names.ts";

type NameRule = {
  minimum?: number;
  maximum: number;
  missing: () => string;
  tooLong: () => string;
};

export function nameField({ minimum = 1, maximum, missing, tooLong }: NameRule) {
  return z
    .string({ error: missing })
    .transform(nameOf)
    .refine((name) => lengthOf(name.replace(/\p{Cf}|\p{Variation_Selector}/gu, "")) >= minimum, { error: missing })
    .refine((name) => lengthOf(name) <= maximum, { error: tooLong });
}
