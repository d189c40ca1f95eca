import { z } from "zod";
import { lengthOf, nameOf } from "#app/text/names.ts";

type NameRule = {
  /** Shown in the API reference. */
  example?: string;
  minimum?: number;
  maximum: number;
  missing: () => string;
  tooLong: () => string;
};

/** A name on one line, tidied before its length is checked in code points; at least `minimum` of them must be visible. */
export function nameField({ example = "Ada Lovelace", minimum = 1, maximum, missing, tooLong }: NameRule) {
  return z
    .string({ error: missing })
    .meta({
      minLength: 1,
      description: `One line of ${minimum} to ${maximum} characters, without spaces at its ends.`,
      examples: [example],
    })
    .transform(nameOf)
    .refine((name) => lengthOf(name.replace(/\p{Cf}|\p{Variation_Selector}/gu, "")) >= minimum, { error: missing })
    .refine((name) => lengthOf(name) <= maximum, { error: tooLong });
}
