import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type CatalogPart, catalogParts, partOf } from "../app/i18n/catalog-parts.ts";
import { readCatalogs } from "../app/i18n/catalogs.ts";
import { type BuiltFile, builtScripts } from "./built-files.ts";
import { withDomains } from "./document-size.ts";

const ROOT = path.join(import.meta.dirname, "..");

/** Text that survives a build, by what it reveals. Each must be in the server's half, or the test would prove nothing. */
const SERVER_ONLY = {
  "drizzle-orm": "drizzle:entityKind",
  "libSQL's client": "LibsqlError",
  "Better Auth": "BETTER_AUTH_SECRET",
  Zod: "_zod",
  "the Worker's entry": "X-Request-Id",
  "the Worker's variables": "AUTH_SECRET",
  "the rate limits' key": "cf-connecting-ip",
};

test("nothing of the server reaches the browser", async () => {
  const [client, server] = await Promise.all([builtScripts("client"), builtScripts("server")]);
  const holds = (text: string) => (file: { text: string }) => file.text.includes(text);
  for (const [what, text] of Object.entries(SERVER_ONLY)) {
    expect(server.some(holds(text)), `the server has ${what}`).toBe(true);
    expect(
      client.filter(holds(text)).map(({ name }) => name),
      `${what} in the browser`,
    ).toEqual([]);
  }
});

/** Each text must be in the browser's half, or the test would prove nothing. */
const BROWSER_ONLY = {
  "Base UI": "data-base-ui",
  "Sonner's toaster": "data-sonner-toast",
  "SimpleWebAuthn for browsers": "WebAuthn is not supported in this browser",
};

test("no package that only a browser can run is in the Worker", async () => {
  const [client, server] = await Promise.all([builtScripts("client"), builtScripts("server")]);
  const holding = (files: BuiltFile[], text: string) => files.filter((file) => file.text.includes(text));
  for (const [what, text] of Object.entries(BROWSER_ONLY)) {
    expect(holding(client, text).length, `the browser has ${what}`).toBeGreaterThan(0);
    expect(
      holding(server, text).map(({ name }) => name),
      `${what} in the Worker`,
    ).toEqual([]);
  }
});

test("Better Auth is in the Worker, and its start does not read it", async () => {
  const [library] = (await builtScripts("server")).filter(({ text }) => text.includes("BETTER_AUTH_SECRET"));
  expect(library?.name).toBeDefined();
  const read = (await readAtStart()).map(({ name }) => name);
  expect(read.length, "what stands beside it").toBeGreaterThan(1);
  expect(read).not.toContain(library?.name);
});

test("the Worker's start reads no route, and at most 0.95 MB of scripts with ten domains", async () => {
  const ofRoutes = (files: BuiltFile[]) => files.map(({ name }) => name).filter((name) => name.includes("routes-of"));
  expect(ofRoutes(await builtScripts("server")).length).toBeGreaterThan(10);
  const read = await readAtStart();
  expect(ofRoutes(read)).toEqual([]);
  expect(read.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(withDomains(825_000, 12_500));
});

/** The Worker's entry and all that it imports, except what it imports later. */
async function readAtStart(): Promise<BuiltFile[]> {
  const files = await builtScripts("server");
  const named = (name: string) => files.filter((file) => path.basename(file.name) === name);
  const read = new Set(named("index.js"));
  for (const { text } of read) {
    for (const [, imported = ""] of text.matchAll(/(?:from|import) ?["']\.[^"']*?([^/"']+\.js)["']/g))
      for (const file of named(imported)) read.add(file);
  }
  return [...read];
}

test("the browser's code uses no message that only the Worker has", async () => {
  const { en } = await readCatalogs(path.join(ROOT, "app/i18n/messages"));
  const kept = Object.keys(en ?? {}).filter((key) => partOf(key) === null);
  const said = new RegExp(`\\.(${kept.join("|")})\\b`, "g");
  const scripts = await builtScripts("client");
  expect(kept.length).toBeGreaterThan(10);
  expect(scripts.flatMap(({ name, text }) => Array.from(text.matchAll(said), ([found]) => name + found))).toEqual([]);
});

test("the start of the Worker contains no language, since each one is a module of its own", async () => {
  const catalogs = await readCatalogs(path.join(ROOT, "app/i18n/messages"));
  const inIndex = quotedIn(await readFile(path.join(ROOT, "build/server/index.js"), "utf8"));
  for (const [locale, messages] of Object.entries(catalogs)) {
    // Libraries contain short texts, too.
    const texts = catalogParts
      .flatMap((part) => tellingTexts(messages, part))
      .filter((text) => text.length > 30)
      .filter(isOnlyIn(locale, catalogs));
    expect(texts.length, locale).toBeGreaterThan(0);
    expect(
      texts.filter((text) => inIndex.has(text)),
      locale,
    ).toEqual([]);
  }
});

test("a language module of the Worker contains texts without their keys", async () => {
  const { en = {} } = await readCatalogs(path.join(ROOT, "app/i18n/messages"));
  const holding = (text: unknown) => (file: BuiltFile) => file.text.includes(String(text));
  const server = await builtScripts("server");
  const english = server.filter(holding(en.account_sign_up_description));
  expect(english.length).toBe(1);
  expect(english.filter(holding("account_sign_up_description"))).toEqual([]);
  expect(server.filter(holding("account_sign_up_description")).length).toBeGreaterThan(0);
});

test("the Worker's scripts weigh at most 1.01 MB, compressed, with ten domains", async () => {
  const server = await builtScripts("server");
  expect(gzipSync(server.map(({ text }) => text).join("")).byteLength).toBeLessThanOrEqual(
    withDomains(900_000, 11_000),
  );
});

test("no file of the browser holds two languages, or both parts of one", async () => {
  const catalogs = await readCatalogs(path.join(ROOT, "app/i18n/messages"));
  const own = Object.entries(catalogs).flatMap(([locale, messages]) =>
    catalogParts.map((part) => ({
      name: `${locale} ${part}`,
      texts: tellingTexts(messages, part).filter(isOnlyIn(locale, catalogs)),
    })),
  );
  // A part can be the same in French and Belgian French, or in two kinds of Arabic, and has then no text of its own in either.
  const told = own.filter(({ texts }) => texts.length > 0);
  const untold = own.filter((each) => !told.includes(each)).map(({ name }) => name);
  expect(untold.filter((name) => !/^(fr|ar)\b/.test(name))).toEqual([]);
  expect(new Set(told.map(({ name }) => name.split(" ")[0]))).toEqual(new Set(Object.keys(catalogs)));
  const spoken = (await builtScripts("client")).map(({ text }) => {
    const quoted = quotedIn(text);
    return own.filter(({ texts }) => texts.some((each) => quoted.has(each))).map(({ name }) => name);
  });
  // There is one file per language and part, and no other file has such a text.
  expect(spoken.filter((names) => names.length > 0).sort()).toEqual(told.map(({ name }) => [name]).sort());
});

test("passwords are hashed by the runtime's own scrypt", async () => {
  const server = (await builtScripts("server")).map(({ text }) => text).join("\n");
  expect(/import\s*\{[^}]*\bscrypt\b[^}]*\}\s*from\s*"node:crypto"/.test(server), "the native one").toBe(true);
  const imitation = '"maxmem" limit was hit';
  expect(await readFile(path.join(ROOT, "node_modules/@noble/hashes/scrypt.js"), "utf8")).toContain(imitation);
  expect(server.includes(imitation), "the one in JavaScript").toBe(false);
});

/** The pieces between quotation marks. The texts of `tellingTexts` contain no quotation marks. */
function quotedIn(script: string): Set<string> {
  return new Set(script.split(/["'`]/));
}

/** Texts that are too long to be a word of a program, and that only this part contains. */
function tellingTexts(messages: Record<string, unknown>, part: CatalogPart): string[] {
  const elsewhere = new Set(Object.entries(messages).flatMap(([key, text]) => (partOf(key) === part ? [] : [text])));
  return Object.entries(messages).flatMap(([key, text]) =>
    typeof text === "string" && partOf(key) === part && !elsewhere.has(text) && /^[^{}"'`\\]{16,}$/.test(text)
      ? [text]
      : [],
  );
}

function isOnlyIn(locale: string, catalogs: Record<string, Record<string, unknown>>) {
  const others = Object.entries(catalogs).filter(([other]) => other !== locale);
  const said = new Set(others.flatMap(([, messages]) => Object.values(messages)));
  return (text: string) => !said.has(text);
}
