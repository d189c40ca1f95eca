import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { failed, orAsBefore } from "../generate/or-as-before.ts";
import type { Choices } from "./choices.ts";
import {
  footerOf,
  licenceOf,
  lockOf,
  packageOf,
  productCssOf,
  productOf,
  readmeAgain,
  readmeOf,
  wranglerOf,
} from "./files.ts";
import { drawIcons, faviconOf, logoMarkOf } from "./marks.ts";
import { commitOf, stateOf } from "./state.ts";

const run = promisify(execFile);

export type Step = { title: string; isDone: boolean };

/** The files and folders that a start can change. */
const CHANGED = [
  ...["app", "docs", "e2e", "migrations", "public", "scripts"],
  ...["CHANGELOG.md", "LICENSE", "README.md", "package.json", "package-lock.json", "wrangler.toml"],
];

/** Turns the tree in `root` into the chosen product. Resolves with the steps, and which of them were done already. */
export function startProduct(choices: Choices, root: string): Promise<Step[]> {
  return orAsBefore(root, CHANGED, () => takeSteps(choices, root)).catch(failed("Nothing was changed"));
}

async function takeSteps(choices: Choices, root: string): Promise<Step[]> {
  const before = await stateOf(root);
  const isFirst = before.startedFrom === undefined;
  const startedFrom = before.startedFrom ?? (await commitOf(root));
  const steps: Step[] = [];
  const step = async (title: string, isNeeded: boolean, take: () => Promise<unknown>) => {
    steps.push({ title, isDone: !isNeeded });
    if (isNeeded) await take();
  };
  const isChanged = (...keys: (keyof Choices)[]) =>
    isFirst || keys.some((key) => String(before[key]) !== String(choices[key]));
  const edit = async (file: string, change: (text: string) => string) => {
    const place = path.join(root, file);
    const text = await readFile(place, "utf8");
    const changed = change(text);
    if (changed !== text) await writeFile(place, changed);
  };
  const write = (file: string, text: string) => writeFile(path.join(root, file), text);

  if (!choices.hasGallery) {
    await step("Remove the gallery and its texts", before.hasGallery, () =>
      run(process.execPath, ["scripts/remove-domain.ts", "gallery"], { cwd: root }),
    );
  }
  await step(`Rename the product to ${choices.name}`, isChanged("name", "slug", "color", "language"), async () => {
    await edit("app/product.ts", (text) => productOf(text, choices));
    await edit("app/product.css", (text) => productCssOf(text, before, choices));
    await edit("package.json", (text) => packageOf(text, choices, startedFrom));
    await edit("package-lock.json", (text) => lockOf(text, before, choices));
  });
  await step(`Draw its icon and logo in ${choices.color}`, isChanged("name", "color"), async () => {
    await write("public/favicon.svg", faviconOf(choices.name, choices.color));
    await drawIcons(root);
    await write("app/ui/logo-mark.tsx", logoMarkOf(choices.name));
  });
  await step("Update wrangler.toml", isChanged("name", "slug", "domain", "sender", "languages"), () =>
    edit("wrangler.toml", (text) => wranglerOf(text, before, choices)),
  );
  await step("Write its landing page", isFirst, () => replaceLanding(root));
  await step("Start a new README, CHANGELOG and screenshots", isFirst, async () => {
    await write("README.md", readmeOf(choices, before.name, startedFrom));
    await write("CHANGELOG.md", "# Changelog\n\n## Unreleased\n");
    await rm(path.join(root, "docs/screenshots"), { recursive: true, force: true });
  });
  if (!isFirst && existsSync(path.join(root, "README.md"))) {
    await step("Update the README", isChanged("name", "hasGallery"), () =>
      edit("README.md", (text) => readmeAgain(text, before, choices)),
    );
  }
  const { holder } = choices;
  if (holder) {
    const licence = await readFile(path.join(root, "LICENSE"), "utf8");
    await step(`LICENSE names ${holder}`, !licence.includes(` ${holder}\n`), () =>
      edit("LICENSE", (text) => licenceOf(text, holder, new Date().getFullYear())),
    );
  }
  return steps;
}

async function replaceLanding(root: string): Promise<void> {
  const folder = path.join(root, "app/ui/landing");
  for (const file of await readdir(folder)) await rm(path.join(folder, file));
  await rm(path.join(root, "e2e/product-view.test.ts"), { force: true });
  const page = await readFile(path.join(root, "scripts/init/landing-page.tsx"), "utf8");
  await writeFile(path.join(folder, "landing-page.tsx"), page);
  const words: Record<string, Record<string, string>> = JSON.parse(
    await readFile(path.join(root, "scripts/init/landing.json"), "utf8"),
  );
  for (const [locale, messages] of Object.entries(words)) {
    const file = path.join(root, "app/i18n/messages/landing", `${locale}.json`);
    if (existsSync(file)) await writeFile(file, `${JSON.stringify(messages, null, 2)}\n`);
    const common = path.join(root, "app/i18n/messages/common", `${locale}.json`);
    if (existsSync(common)) await writeFile(common, footerOf(await readFile(common, "utf8")));
  }
}
