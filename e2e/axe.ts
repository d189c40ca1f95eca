import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds on the page: for each finding `url`, the rule and the place. */
export async function findings(page: Page, url: string): Promise<string[]> {
  await page.evaluate(axe);
  // No rule that runs here needs the files that `preload` would fetch again.
  const run = 'axe.run({ resultTypes: ["violations"], preload: false }).then(({ violations }) => violations)';
  const violations = await page.evaluate<AxeResults["violations"]>(run);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${url}: ${id} at ${target.join(" ")}`));
}
