import { execFile } from "node:child_process";
import { cp, glob, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import sharp from "sharp";
import { expect, test } from "vitest";
import { PRODUCT_NAME, PRODUCT_SLUG } from "../app/product.ts";
import { choicesOf, slugOf } from "./init/choices.ts";
import { startProduct } from "./init/start.ts";
import { stateOf } from "./init/state.ts";
import { Mistake } from "./mistake.ts";
import { ROOT } from "./tools.ts";

/** Copies the files that name the product and those that a start changes, as before a first start, even in a started product. */
async function aTree() {
  const root = await mkdtemp(path.join(tmpdir(), "app-init-"));
  const { stdout } = await promisify(execFile)("git", ["grep", "-liI", "--untracked", PRODUCT_NAME, "--", "."], {
    cwd: ROOT,
  });
  const changed = [
    "app/ui/landing",
    "app/i18n/messages/landing",
    "app/i18n/messages/common",
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

test("after a start the former name is left only in LICENSE and in the README's note on the origin", async () => {
  await using tree = await aTree();
  const { root, read } = tree;
  const flags = {
    name: "Łódź Works",
    domain: "app.lodz.io",
    sender: "no-reply@lodz.io",
    color: "rose",
    language: "fr",
    languages: "fr, de pt",
    holder: "Lodz Ltd",
  };
  const choices = choicesOf(flags, await stateOf(root));
  expect(choices.slug).toBe("lodz-works");
  const steps = await startProduct(choices, root);
  expect(steps.filter(({ isDone }) => isDone).map(({ title }) => title)).toEqual(
    choices.hasGallery ? [] : ["Remove the gallery and its texts"],
  );
  const { stdout } = await promisify(execFile)("grep", ["-rliI", PRODUCT_NAME, "."], { cwd: root });
  const license = (await read("LICENSE")).includes(PRODUCT_NAME) ? ["./LICENSE"] : [];
  expect(stdout.split("\n").filter(Boolean).sort()).toEqual([...license, "./README.md"]);
  expect(await stateOf(root)).toMatchObject({ ...choices, holder: null, hasGallery: choices.hasGallery });
  const wrangler = await read("wrangler.toml");
  expect(wrangler).toContain('routes = [{ pattern = "app.lodz.io", custom_domain = true }]');
  expect(wrangler).toContain('MAIL_FROM = "Łódź Works <no-reply@lodz.io>"');
  expect(wrangler.match(/^LANGUAGES = "fr de pt"$/gm)).toHaveLength(2);
  expect(wrangler.match(/"lodz-works-files"/g)).toHaveLength(2);
  expect(JSON.parse(await read("package-lock.json"))).toMatchObject({
    name: "lodz-works",
    packages: { "": { name: "lodz-works" } },
  });
  expect(await read("LICENSE")).toMatch(/Copyright \(c\) \d+ Lodz Ltd\nCopyright/);
  for (const locale of ["en", "fr", "ar-MA"]) {
    expect(JSON.parse(await read(`app/i18n/messages/common/${locale}.json`))).toMatchObject({
      common_footer_note: "{product}",
    });
  }
  expect(await read("public/favicon.svg")).toContain(">Ł<");
  const phone = sharp(path.join(root, "public/apple-touch-icon.png")).extract({ left: 0, top: 0, width: 1, height: 1 });
  expect((await phone.raw().toBuffer()).toString("hex")).toBe("96225e");
  expect(await read("app/product.ts")).toMatch(/_COLOR = "#96225e";\n.*_COLOR_DARK = "#fba5c7";/);
});

test("a second start without new choices changes nothing, and a later one can change the name", async () => {
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
  expect(await read("README.md")).toMatch(/^# Birch\n/);
  await writeFile(path.join(root, "README.md"), "# Our own words\n");
  for (const [name, holder] of [
    ["Cedar", "Cedar Ltd"],
    ["Dogwood", "Dogwood & Sons"],
  ] as const)
    await startProduct(choicesOf({ name, holder }, await stateOf(root)), root);
  expect(await read("README.md"), "the product's own heading is kept").toBe("# Our own words\n");
  const licence = await read("LICENSE");
  expect(licence).toMatch(/\nCopyright \(c\) \d+ Dogwood & Sons\nCopyright /);
  expect(licence).not.toContain("Cedar");
});

test("a start that fails midway undoes all changes and says why it failed", async () => {
  await using tree = await aTree();
  const { root } = tree;
  await writeFile(path.join(root, "scripts/init/landing.json"), "{");
  const textsIn = async () => {
    const files = (await Array.fromAsync(glob("**/*.*", { cwd: root }))).sort();
    return Promise.all(
      files.map(async (file) => [file, await readFile(path.join(root, file), "utf8").catch(() => "")]),
    );
  };
  const before = await textsIn();
  const starting = startProduct(choicesOf({ name: "Acme" }, await stateOf(root)), root);
  await expect(starting).rejects.toThrow(Mistake);
  await expect(starting).rejects.toThrow(
    /^Nothing was changed\. All changes were undone\.\n\nExpected property name .* in JSON/,
  );
  expect(await textsIn()).toEqual(before);
});

test("an unusable name, domain, colour or language is rejected with the reason, and an unusual valid name is accepted", async () => {
  const before = await stateOf(ROOT);
  for (const [flags, words] of [
    [{ name: "" }, "A name can have up to 40 letters"],
    [{ name: 'A "quoted" name' }, "A name can have up to 40 letters"],
    [{ name: "A <b>" }, "A name can have up to 40 letters"],
    [{ name: "日本" }, "Give one with --slug."],
    [{ name: "Acme", slug: "Acme Inc" }, "A short name has 2 to 40 lowercase letters"],
    [{ name: "Nova" }, "“nova” is already the name of a color."],
    [{ name: "Acme", domain: "https://acme.com" }, "A domain looks like app.acme.com."],
    [{ name: "Acme", sender: "acme" }, "A sender is an email address"],
    [{ name: "Acme", holder: "Acme\nLtd" }, "The copyright holder must be on one line."],
    [{ name: "Acme", color: "pink" }, "The colors are teal, blue"],
    [{ name: "Acme", languages: "en nl" }, "The languages are en, "],
    [{ name: "Acme", language: "xx" }, "The languages are en, "],
    [
      { name: "Acme", language: "de", languages: "en fr" },
      "Deutsch is the default language, so --languages must contain",
    ],
  ] as const) {
    const choosing = () => choicesOf(flags, before);
    expect(choosing, JSON.stringify(flags)).toThrow(Mistake);
    expect(choosing, JSON.stringify(flags)).toThrow(words);
  }
  for (const name of ["日本", "नमस्ते", "L’Atelier", "Tom & Ann's"])
    expect(choicesOf({ name, slug: "acme" }, before)).toMatchObject({ name, slug: "acme" });
  const names = ["Acme Inc.", "Ünïcode & Co", "42 Teas", "Möbel Straße", "L’Atelier", "Øre"];
  expect(names.map(slugOf)).toEqual(["acme-inc", "unicode-co", "teas", "mobel-strasse", "latelier", "ore"]);
  expect(before.slug).toBe(PRODUCT_SLUG);
});

test("a wrong option or argument exits with code 1 and a clear message, without a stack trace", async () => {
  const init = (...typed: string[]) =>
    expect(promisify(execFile)(process.execPath, [path.join(ROOT, "scripts/init.ts"), ...typed], { cwd: ROOT }))
      .rejects;
  await Promise.all([
    init("--nam", "Acme").toMatchObject({
      code: 1,
      stderr: "Unknown option '--nam'. See --help for what is available.\n",
    }),
    init("--name").toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Option '--name <value>' argument missing\./),
    }),
    init("Acme").toMatchObject({ code: 1, stderr: "Unexpected argument 'Acme'. See --help for what is available.\n" }),
  ]);
});
