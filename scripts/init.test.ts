import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { PRODUCT_NAME, PRODUCT_SLUG } from "../app/product.ts";
import { choicesOf, slugOf } from "./init/choices.ts";
import { startProduct } from "./init/start.ts";
import { stateOf } from "./init/state.ts";
import { Mistake } from "./mistake.ts";
import { ROOT } from "./tools.ts";

/** The files that name the product, and those that a start changes, as before a first start: also in a product that is started. */
async function aTree() {
  const root = await mkdtemp(path.join(tmpdir(), "app-init-"));
  const { stdout } = await promisify(execFile)("git", ["grep", "-liI", "--untracked", PRODUCT_NAME, "--", "."], {
    cwd: ROOT,
  });
  const changed = [
    "app/ui/landing",
    "app/i18n/messages/landing",
    "scripts/init",
    "public",
    "app/ui/logo-mark.tsx",
    ...["CHANGELOG.md", "LICENSE", "README.md", "package.json", "package-lock.json", "wrangler.toml", "app/product.ts"],
  ];
  for (const file of [...stdout.split("\n").filter(Boolean), ...changed, "app/product.css"]) {
    await cp(path.join(ROOT, file), path.join(root, file), { recursive: true });
  }
  const manifest = path.join(root, "package.json");
  const { startedFrom: _, ...rest } = JSON.parse(await readFile(manifest, "utf8"));
  await writeFile(manifest, JSON.stringify(rest, null, 2));
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  return { root, read, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

test("after a start the former name stands in LICENSE and in the note on where it comes from alone", async () => {
  await using tree = await aTree();
  const { root, read } = tree;
  const flags = {
    name: "Łódź Works",
    domain: "app.lodz.io",
    sender: "no-reply@lodz.io",
    color: "rose",
    language: "fr",
    holder: "Lodz Ltd",
  };
  const choices = choicesOf(flags, await stateOf(root));
  expect(choices.slug).toBe("odz-works");
  const steps = await startProduct(choices, root);
  expect(steps.filter(({ isDone }) => isDone).map(({ title }) => title)).toEqual(
    choices.hasGallery ? [] : ["The gallery is out, with its words"],
  );
  const { stdout } = await promisify(execFile)("grep", ["-rliI", PRODUCT_NAME, "."], { cwd: root });
  const license = (await read("LICENSE")).includes(PRODUCT_NAME) ? ["./LICENSE"] : [];
  expect(stdout.split("\n").filter(Boolean).sort()).toEqual([...license, "./README.md"]);
  expect(await stateOf(root)).toMatchObject({ ...choices, holder: null, hasGallery: choices.hasGallery });
  const wrangler = await read("wrangler.toml");
  expect(wrangler).toContain('routes = [{ pattern = "app.lodz.io", custom_domain = true }]');
  expect(wrangler).toContain('MAIL_FROM = "Łódź Works <no-reply@lodz.io>"');
  expect(wrangler.match(/"odz-works-files"/g)).toHaveLength(2);
  expect(JSON.parse(await read("package-lock.json"))).toMatchObject({
    name: "odz-works",
    packages: { "": { name: "odz-works" } },
  });
  expect(await read("LICENSE")).toMatch(/Copyright \(c\) \d+ Lodz Ltd\nCopyright/);
  expect(await read("public/favicon.svg")).toContain(">Ł<");
  expect(await read("app/product.ts")).toMatch(/_COLOR = "#96225e";\n.*_COLOR_DARK = "#fba5c7";/);
});

test("a second start says that all is done and changes nothing, and another name goes in later", async () => {
  await using tree = await aTree();
  const { root, read } = tree;
  const choices = choicesOf({ name: "Acme" }, await stateOf(root));
  await startProduct(choices, root);
  const before = await Promise.all(["app/product.ts", "wrangler.toml", "README.md", "package.json"].map(read));
  expect((await startProduct(choicesOf({}, await stateOf(root)), root)).every(({ isDone }) => isDone)).toBe(true);
  expect(await Promise.all(["app/product.ts", "wrangler.toml", "README.md", "package.json"].map(read))).toEqual(before);
  await startProduct(choicesOf({ name: "Birch" }, await stateOf(root)), root);
  expect(await read("app/product.ts")).toContain('PRODUCT_NAME = "Birch"');
  expect(await read("wrangler.toml")).not.toContain("acme");
  expect(await read("README.md"), "a README is the person's own from then on").toContain("# Acme");
});

test("what cannot be a name, a domain or a colour is said in words", async () => {
  const before = await stateOf(ROOT);
  for (const flags of [
    { name: "" },
    { name: 'A "quoted" name' },
    { name: "Acme", slug: "Acme Inc" },
    { name: "Nova" },
    { name: "Acme", domain: "https://acme.com" },
    { name: "Acme", sender: "acme" },
    { name: "Acme", color: "pink" },
    { name: "Acme", language: "xx" },
  ]) {
    expect(() => choicesOf(flags, before), JSON.stringify(flags)).toThrow(Mistake);
  }
  expect(["Acme Inc.", "Ünïcode & Co", "42 Teas"].map(slugOf)).toEqual(["acme-inc", "unicode-co", "teas"]);
  expect(before.slug).toBe(PRODUCT_SLUG);
});
