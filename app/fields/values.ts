import { z } from "zod";
import { currentTag, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { asciiDigits } from "#app/text/digits.ts";
import { lengthOf, nameOf } from "#app/text/names.ts";

/** Fields for your own resources, from forms (text) and JSON (own type). Empty becomes null, or is refused if `isRequired`. */

type Asked = { isRequired?: boolean | undefined };
type Given<T, A extends Asked> = A extends { isRequired: true } ? T : T | null;

type Reading<T> = {
  /** Accepted besides text. */
  number?: z.ZodType<number>;
  /** Shown in the API document; `form` only for a required field. */
  says: { description: string; examples: readonly unknown[] };
  form?: { format: string } | { pattern: string } | { enum: readonly string[] };
  /** Decides what is empty: a text of invisible characters only is. */
  tidy?: (text: string) => string;
  read: (text: string) => T | null;
  wrong: () => string;
};

function field<T, A extends Asked>(
  { isRequired = false }: Asked,
  { number, says, form, tidy = (text) => text, read, wrong }: Reading<T>,
) {
  const error = ({ input }: { input?: unknown }) => ((input ?? null) === null ? m.values_missing() : wrong());
  const text = z.string({ error });
  const takes: z.ZodType<string | number> = number === undefined ? text : z.union([number, text], { error });
  const asked: z.ZodType<string | number | null | undefined> = isRequired
    ? takes.meta({ ...says, ...(number === undefined && { minLength: 1 }), ...form })
    : takes.nullish().meta(says);
  return asked.transform((given, context): Given<T, A> => {
    const text = tidy(String(given ?? "").trim());
    const value = text === "" ? null : read(text);
    if (value === null && (isRequired || text !== "")) {
      context.addIssue({ code: "custom", message: text === "" ? m.values_missing() : wrong() });
    }
    return value as Given<T, A>;
  });
}

/** One line that follows the rules for names: no invisible characters, none that change the text direction. */
export function line<A extends Asked>({ maximum, ...asked }: A & { maximum: number }) {
  return field<string, A>(asked, {
    says: { description: `One line of up to ${maximum} characters.`, examples: ["Text".slice(0, maximum)] },
    tidy: nameOf,
    read: (text) => nullIf(text, () => lengthOf(text) > maximum),
    wrong: () => m.values_too_long({ maximum: formatNumber(maximum) }),
  });
}

/** Several lines, separated by `\n`. */
export function lines<A extends Asked>({ maximum, ...asked }: A & { maximum: number }) {
  return field<string, A>(asked, {
    says: { description: `Lines of up to ${maximum} characters.`, examples: ["Text"] },
    tidy: tidied,
    read: (text) => nullIf(text, () => lengthOf(text) > maximum),
    wrong: () => m.values_too_long({ maximum: formatNumber(maximum) }),
  });
}

export const tick = z
  .union([z.boolean(), z.string()])
  .optional()
  .transform((given) => given === true || given === "yes");

const LARGEST = 1_000_000_000_000;

export function wholeNumber<A extends Asked>(asked: A) {
  return field<number, A>(asked, {
    number: z.int().min(-LARGEST).max(LARGEST),
    says: { description: "A whole number, as a number or as text.", examples: [42] },
    read: (text) => numberIn(text, /^[-+]?\d{1,13}$/),
    wrong: () => m.values_number_whole(),
  });
}

export function decimalNumber<A extends Asked>(asked: A) {
  return field<number, A>(asked, {
    number: z.number(),
    says: { description: "A number with up to six decimals, as a number or as text.", examples: [4.25] },
    read: (text) => numberIn(text, /^[-+]?\d{1,13}([.,]\d{1,6})?$/),
    wrong: () => m.values_number(),
  });
}

/** An amount, kept in the smallest unit of its currency: in hundredths with two `digits`, as it is with none. */
export function money<A extends Asked>({ digits = 2, ...asked }: A & { digits?: number }) {
  const form = new RegExp(`^[-+]?\\d{1,10}${digits === 0 ? "" : `([.,]\\d{1,${digits}})?`}$`);
  const example = digits === 0 ? 12 : 12.5;
  return field<number, A>(asked, {
    number: z.number(),
    says: {
      description: `An amount with ${digits === 0 ? "no" : `up to ${digits}`} decimals, as a number or as text.`,
      examples: [example],
    },
    read: (text) => {
      const amount = numberIn(text, form);
      return amount === null ? null : Math.round(amount * 10 ** digits);
    },
    wrong: () => {
      const written = new Intl.NumberFormat(currentTag(), { minimumFractionDigits: digits }).format(example);
      return m.values_money({ example: written });
    },
  });
}

/** A day, `2026-11-26`. */
export function day<A extends Asked>(asked: A) {
  return field<string, A>(asked, {
    says: { description: "A day, such as 2026-11-26.", examples: ["2026-11-26"] },
    form: { format: "date" },
    read: (text) => parsed(z.iso.date(), text),
    wrong: () => m.values_day(),
  });
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A time of day, `09:30`. */
export function clock<A extends Asked>(asked: A) {
  return field<string, A>(asked, {
    says: { description: "A time of day, such as 09:30.", examples: ["09:30"] },
    form: { pattern: CLOCK.source },
    read: (text) => nullIf(text, (time) => !CLOCK.test(time)),
    wrong: () => m.values_clock(),
  });
}

export function choice<const C extends readonly string[], A extends Asked>(choices: C, asked: A) {
  return field<C[number], A>(asked, {
    says: { description: `One of ${choices.join(", ")}.`, examples: choices.slice(0, 1) },
    form: { enum: choices },
    read: (text) => choices.find((each) => each === text) ?? null,
    wrong: () => m.values_choice(),
  });
}

/** The id of a person. The write checks whether they are a member. */
export function personId<A extends Asked>(asked: A) {
  return field<string, A>(asked, {
    says: { description: "The `userId` of a member.", examples: [null] },
    read: (text) => parsed(z.uuid(), text),
    wrong: () => m.values_choice(),
  });
}

const SOME_ID = "0b9e6a3c-52f4-4e0d-8f2b-7c1d9a6e4f35";

/** The id of a row of another resource, `of` in words. The write checks whether it is there. */
export function rowId<A extends Asked>({ of, ...asked }: A & { of: string }) {
  return field<string, A>(asked, {
    says: { description: `The id of one of the ${of}.`, examples: [asked.isRequired ? SOME_ID : null] },
    read: (text) => parsed(z.uuid(), text),
    wrong: () => m.values_choice(),
  });
}

const TAGS_MAXIMUM = 20;
const TAG_MAXIMUM = 40;

const COMMA = /[,،、，]/;

/** Short words without commas or duplicates: separated by commas in a form, a list in JSON. */
export const tags = z
  .union([z.array(z.string()), z.string()])
  .meta({
    description: "Short words without commas, as a list or as text separated by commas.",
    examples: [["red", "blue"]],
  })
  .optional()
  .transform((given, context) => {
    const list = (typeof given === "string" ? given.split(COMMA) : (given ?? [])).map(nameOf).filter(Boolean);
    const each = [...new Set(list)];
    if (each.length > TAGS_MAXIMUM || each.some((tag) => lengthOf(tag) > TAG_MAXIMUM || COMMA.test(tag))) {
      context.addIssue({
        code: "custom",
        message: m.values_tags({ count: formatNumber(TAGS_MAXIMUM), maximum: formatNumber(TAG_MAXIMUM) }),
      });
    }
    return each;
  });

function nullIf<T>(value: T, isWrong: (value: T) => boolean): T | null {
  return isWrong(value) ? null : value;
}

function parsed(schema: z.ZodType<string>, text: string): string | null {
  const found = schema.safeParse(text);
  return found.success ? found.data : null;
}

function numberIn(text: string, form: RegExp): number | null {
  const plain = asciiDigits(text.normalize("NFKC")).replaceAll("\u2212", "-").replaceAll("٫", ".");
  if (!form.test(plain)) return null;
  const value = Number(plain.replace(",", "."));
  return Math.abs(value) > LARGEST ? null : value;
}

/** Keeps line breaks and indents; otherwise applies the rules for names to each line. */
function tidied(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((each) => (/^[ \t]*/.exec(each)?.[0] ?? "") + nameOf(each))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trimEnd();
}
