import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { iconNames } from "../app/ui/icon-names.ts";
import { takesNothing } from "./flags.ts";
import { drawIcons } from "./init/marks.ts";
import { ROOT } from "./tools.ts";

const SPRITE = path.join(import.meta.dirname, "../app/ui/icons.svg");

/** Draws one file with every icon of the product. Pages show an icon with `<use>`, and browsers cache the file. */
export async function drawSprite(): Promise<string> {
  const symbols = await Promise.all(iconNames.map(drawSymbol));
  const licence = "Lucide (https://lucide.dev), ISC License, Copyright (c) Lucide Icons and Contributors";
  return `<!-- ${licence} -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

export const readSprite = () => readFile(SPRITE, "utf8");

async function drawSymbol(name: string): Promise<string> {
  const { default: component } = await import(`lucide-react/icons/${name}`);
  const drawn = renderToStaticMarkup(createElement(component));
  const strokes = drawn
    .replace(/^<svg[^>]*>|<\/svg>$/g, "")
    .replaceAll(/><\/(path|circle|rect|line|polyline|polygon|ellipse)>/g, "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24">${strokes}</symbol>`;
}

if (import.meta.main) {
  takesNothing(
    "npm run icons   draws the icon sprite from app/ui/icon-names.ts, and more icons of the product from public/favicon.svg",
  );
  await writeFile(SPRITE, await drawSprite());
  await drawIcons(ROOT);
}
