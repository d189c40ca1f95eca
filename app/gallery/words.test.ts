import { expect, test } from "vitest";
import { partOf } from "#app/i18n/catalog-parts.ts";
import view from "./feature.view.ts?raw";
import figures from "./figures.tsx?raw";
import page from "./gallery.tsx?raw";

const saidBy = (source: string) => [...source.matchAll(/\bm\.(gallery_\w+)\(/g)].map(([, key = ""]) => key);
const partsOf = (keys: string[]) => [...new Set(keys.map(partOf))];

test("texts about images that other pages use load with every signed-in page, all others only in the gallery", () => {
  expect(partsOf([...saidBy(view), ...saidBy(figures)])).toEqual(["signed-in"]);
  expect(partsOf(["gallery_sort_newest", "gallery_uploads_done", "gallery_remove_question"])).toEqual(["browsing"]);
  expect(saidBy(page).map(partOf)).toContain("browsing");
});
