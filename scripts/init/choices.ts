import transliterate from "@sindresorhus/transliterate";
import { type Locale, localeNames, locales } from "../../app/i18n/locale.ts";
import { Languages } from "../../app/i18n/offered.ts";
import { Mistake } from "../mistake.ts";

type Look = { hue: number; lightChroma: number; darkChroma: number; light: string; dark: string };

/** Hue and chroma are of OKLCH; each look passes `app/ui/contrast.test.ts`. `light` and `dark` are its accents in sRGB. */
export const looks = {
  teal: { hue: 192, lightChroma: 0.085, darkChroma: 0.098, light: "#006764", dark: "#6ed7d3" },
  blue: { hue: 258, lightChroma: 0.16, darkChroma: 0.1, light: "#0d53af", dark: "#9ac5ff" },
  violet: { hue: 293, lightChroma: 0.18, darkChroma: 0.115, light: "#6039b1", dark: "#c5b4ff" },
  green: { hue: 150, lightChroma: 0.11, darkChroma: 0.14, light: "#1d6835", dark: "#7adc91" },
  rose: { hue: 354, lightChroma: 0.16, darkChroma: 0.11, light: "#96225e", dark: "#fba5c7" },
  amber: { hue: 62, lightChroma: 0.095, darkChroma: 0.13, light: "#7d4a14", dark: "#feae65" },
  slate: { hue: 250, lightChroma: 0.014, darkChroma: 0.012, light: "#525960", dark: "#bdc3ca" },
} as const satisfies Record<string, Look>;

export type LookName = keyof typeof looks;

export type Choices = {
  name: string;
  slug: string;
  /** Null until the first deploy asks for it. */
  domain: string | null;
  sender: string | null;
  color: LookName;
  language: Locale;
  /** The languages that people can choose. */
  languages: readonly Locale[];
  hasGallery: boolean;
  /** The name beside ours in LICENSE; null for none. */
  holder: string | null;
};

/** The names of the colours that people can choose, which share one attribute with the slug. */
const TAKEN = new Set(["nova", "vega", "maia", "lyra", "mira", "luma"]);

/** Each check returns what is wrong in words, or undefined. */
export const checks = {
  name: (name: string) =>
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .&'’-]{0,39}$/u.test(name)
      ? undefined
      : "A name can have up to 40 letters, digits, spaces, dots, hyphens, apostrophes and &, and must begin with a letter or digit.",
  slug: (slug: string) => {
    if (TAKEN.has(slug)) return `“${slug}” is already the name of a color. Choose another name.`;
    return /^[a-z][a-z0-9-]{1,39}$/.test(slug)
      ? undefined
      : "A short name has 2 to 40 lowercase letters, digits and hyphens, and begins with a letter.";
  },
  domain: (domain: string) =>
    domain === "" || /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(domain) ? undefined : "A domain looks like app.acme.com.",
  sender: (sender: string) =>
    sender === "" || /^[^\s@"<>]+@([a-z0-9-]+\.)+[a-z]{2,}$/i.test(sender)
      ? undefined
      : "A sender is an email address, such as no-reply@acme.com.",
  holder: (holder: string) => (/[\r\n]/.test(holder) ? "The copyright holder must be on one line." : undefined),
};

export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  const latin = transliterate(plain).toLowerCase().replace(/['’]/g, "");
  return latin.replace(/[^a-z0-9]+/g, "-").replace(/^[^a-z]+|-+$/g, "");
}

type Flags = {
  name?: string | undefined;
  slug?: string | undefined;
  domain?: string | undefined;
  sender?: string | undefined;
  color?: string | undefined;
  language?: string | undefined;
  languages?: string | undefined;
  holder?: string | undefined;
  "without-gallery"?: boolean | undefined;
};

function slugFor(name: string): string {
  const slug = slugOf(name);
  if (checks.slug(slug) === undefined || checks.name(name) !== undefined) return slug;
  throw new Mistake(`No short name can be derived from “${name}”. Give one with --slug. ${checks.slug(slug)}`);
}

/** Makes the choices from flags only, for runs in which nobody can be asked. Throws a Mistake if one is invalid. */
export function choicesOf(flags: Flags, before: Choices): Choices {
  const name = flags.name ?? before.name;
  const color = flags.color ?? before.color;
  const language = flags.language ?? before.language;
  if (!isLook(color)) throw new Mistake(`The colors are ${Object.keys(looks).join(", ")}.`);
  const chosen = locales.find((each) => each === language);
  const languages = flags.languages === undefined ? { data: before.languages } : Languages.safeParse(flags.languages);
  if (chosen === undefined || languages.data === undefined)
    throw new Mistake(`The languages are ${locales.join(", ")}.`);
  if (!languages.data.includes(chosen)) {
    throw new Mistake(
      `${localeNames[chosen]} is the default language, so --languages must contain it. Or choose another --language.`,
    );
  }
  const choices = {
    name,
    slug: flags.slug ?? (flags.name === undefined ? before.slug : slugFor(name)),
    domain: flags.domain ?? before.domain,
    sender: flags.sender ?? before.sender,
    color,
    language: chosen,
    languages: languages.data,
    hasGallery: before.hasGallery && !flags["without-gallery"],
    holder: flags.holder ?? null,
  };
  for (const key of ["name", "slug", "domain", "sender", "holder"] as const) {
    const fault = checks[key](choices[key] ?? "");
    if (fault !== undefined) throw new Mistake(fault);
  }
  return choices;
}

function isLook(name: string): name is LookName {
  return Object.hasOwn(looks, name);
}
