import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

type Theme = "light" | "dark";

// WCAG 2.2: 1.4.3 for text, 1.4.11 for what distinguishes a control from its surroundings.
const TEXT = 4.5;
const CONTROL = 3;

const grounds = ["background", "surface", "raised", "sunken", "hover"];
const pairs: [ink: string, ground: string, least: number][] = [
  ...grounds.flatMap((ground): [string, string, number][] => [
    ["text", ground, TEXT],
    ["muted", ground, TEXT],
  ]),
  ...["background", "surface", "raised"].flatMap((ground): [string, string, number][] => [
    ["accent", ground, TEXT],
    ["danger", ground, TEXT],
    ["border-strong", ground, CONTROL],
  ]),
  ...["accent", "danger", "success", "warning"].map((tone): [string, string, number] => [tone, `${tone}-soft`, TEXT]),
  ["accent-contrast", "accent", TEXT],
  ["accent-contrast", "accent-hover", TEXT],
  ["danger-contrast", "danger", TEXT],
  ["danger-contrast", "danger-hover", TEXT],
  ["brand-text", "brand", TEXT],
  ["brand-text", "brand-deep", TEXT],
];

const css = (await Promise.all(["app/product.css", "app/app.css"].map((file) => readFile(file, "utf8")))).join("\n");
const colors = [...css.matchAll(/\[data-color="([\w-]+)"\] \{/g)].map(([, name = ""]) => name);

test.each<Theme>([
  "light",
  "dark",
])("every pair of colors has enough contrast in the %s theme, in every color that a person can choose", (theme) => {
  expect(colors).toHaveLength(7);
  const tooFaint = colors.flatMap((color) => {
    const tokens = parseTokens(theme, color);
    return pairs
      .map(([ink, ground, least]) => ({
        color,
        ink,
        ground,
        least,
        contrast: contrastOf(get(tokens, ink), get(tokens, ground)),
      }))
      .filter(({ contrast, least }) => contrast < least);
  });
  expect(tooFaint).toEqual([]);
});

test.each<Theme>(["light", "dark"])("initials can be read on each tint in the %s theme", (theme) => {
  const [, tint = ""] = css.split("  .tint {");
  const parts = [...(tint.split("}")[0] ?? "").matchAll(/oklch\(([\d.]+) ([\d.]+) var\(--tint\)\)/g)];
  const [ground, ink] = (theme === "light" ? [parts[0], parts[2]] : [parts[1], parts[3]]).map((part) =>
    (part ?? []).slice(1).map(Number),
  );
  const hues = [...css.matchAll(/--tint: (\d+);/g)].map(([, hue]) => Number(hue));
  expect(hues).toHaveLength(8);
  const on = ([lightness = Number.NaN, chroma = Number.NaN]: number[] = [], hue = 0) =>
    luminanceOf(lightness, chroma, hue);
  expect(hues.filter((hue) => !(contrastOf(on(ink, hue), on(ground, hue)) >= TEXT))).toEqual([]);
});

function parseTokens(theme: Theme, color: string): Map<string, number> {
  const [, chosen = ""] = css.split(`[data-color="${color}"] {`);
  const variable = (name: string) => {
    const [, value] = new RegExp(String.raw`--${name}: ([\d.]+);`).exec(chosen.split("}")[0] ?? "") ?? [];
    if (value === undefined) throw new Error(`app.css does not set --${name} for ${color}`);
    return Number(value);
  };
  const number = (text: string) =>
    text
      .replace(/^calc\((.*)\)$/, "$1")
      .split(" * ")
      .map((factor) => (factor.startsWith("var(--") ? variable(factor.slice(6, -1)) : Number(factor)))
      .reduce((product, factor) => product * factor);
  const part = String.raw`(?:calc\([^()]*(?:\([^()]*\)[^()]*)*\)|var\([^()]*\)|[\d.]+)`;
  const colour = String.raw`oklch\((${part}) (${part}) (${part})\)`;
  const token = new RegExp(
    String.raw`--(?:color-)?([\w-]+): (?:light-dark\(\s*${colour},\s*${colour}\s*\)|${colour});`,
    "g",
  );
  return new Map(
    [...css.matchAll(token)].map(([, name = "", ...parts]) => {
      const [light, dark, both] = [parts.slice(0, 3), parts.slice(3, 6), parts.slice(6, 9)];
      const [l, c, h] = (both[0] !== undefined ? both : theme === "light" ? light : dark).map(number);
      return [name, luminanceOf(l ?? Number.NaN, c ?? Number.NaN, h ?? Number.NaN)];
    }),
  );
}

function get(tokens: Map<string, number>, name: string): number {
  const luminance = tokens.get(name);
  if (luminance === undefined) throw new Error(`app.css has no --color-${name}`);
  return luminance;
}

/** The relative luminance of an OKLCH colour, clipped to sRGB as on a screen. The matrices are from CSS Color 4. */
function luminanceOf(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function clip(channel: number): number {
  return Math.min(1, Math.max(0, channel));
}

function contrastOf(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
