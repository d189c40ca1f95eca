import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { offeredIn } from "../../app/i18n/catalogs.ts";
import type { Locale } from "../../app/i18n/locale.ts";
import { type Choices, type LookName, looks } from "./choices.ts";

type Package = { name: string; startedFrom?: string };

/** Reads the choices from the tree in `root`; `startedFrom` is undefined before the first `npm run init`. */
export async function stateOf(root: string): Promise<Choices & { startedFrom: string | undefined }> {
  const read = (file: string) => readFile(path.join(root, file), "utf8");
  const [product, css, wrangler] = await Promise.all(["app/product.ts", "app/product.css", "wrangler.toml"].map(read));
  const constant = (name: string) =>
    new RegExp(`export const ${name}\\b[^=]*= "([^"]*)"`).exec(product ?? "")?.[1] ?? "";
  const production = wrangler?.split("[env.production.vars]")[1] ?? "";
  const url = /^APP_URL = "https:\/\/([^"]+)"/m.exec(production)?.[1] ?? "";
  const sender = /^MAIL_FROM = ".*<(.+)>"/m.exec(production)?.[1] ?? "";
  const hue = Number(/--hue: (\d+);/.exec(css ?? "")?.[1]);
  const color = (Object.keys(looks) as LookName[]).find((each) => looks[each].hue === hue) ?? "teal";
  return {
    name: constant("PRODUCT_NAME"),
    slug: constant("PRODUCT_SLUG"),
    domain: url.includes("example") ? null : url,
    sender: sender.includes("example") ? null : sender,
    color,
    language: constant("DEFAULT_LOCALE") as Locale,
    languages: await offeredIn(root),
    hasGallery: existsSync(path.join(root, "app/gallery")),
    holder: null,
    startedFrom: (JSON.parse(await read("package.json")) as Package).startedFrom,
  };
}

/** Whether something is not committed. False for a tree without Git, which has nothing to lose. */
export async function isDirty(root: string): Promise<boolean> {
  const status = promisify(execFile)("git", ["status", "--porcelain"], { cwd: root });
  return status.then(({ stdout }) => stdout.trim() !== "").catch(() => false);
}

export async function commitOf(root: string): Promise<string> {
  const head = promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: root });
  return head.then(({ stdout }) => stdout.trim()).catch(() => "unknown");
}
