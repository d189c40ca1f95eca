import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin, PluginOption } from "vite";
import { catalogParts, partOf } from "./catalog-parts.ts";
import { compilerOptions, findCatalogFaults, languageTags, MESSAGES, offeredIn, readCatalogs } from "./catalogs.ts";
import { compileMessages } from "./compile.ts";
import { baseLocale } from "./locale.ts";
import { recompile } from "./recompile.ts";
import { textsInOrder, textsOf } from "./texts-in-order.ts";
import { untranslatedInShort } from "./untranslated.ts";

const localeModule = /\/paraglide\/messages\/([\w-]+)\.js(?:\?([\w-]+))?$/;

const messagesFile = /\/app\/i18n\/messages\/([\w-]+)\/([\w-]+)\.json$/;

const takeNewTexts = `
import { addMessages } from "/app/i18n/messages.ts";
import.meta.hot.accept((fresh) => {
  addMessages(fresh);
  window.__reactRouterDataRouter.revalidate();
});`;

export function catalogs(): PluginOption {
  return [compiledTexts(), changedTexts(), oneLanguageInBrowser(), languagesWhenAsked(), formatsKept(), catalogUrls()];
}

function compiledTexts(): Plugin {
  let compiling: Promise<void> | undefined;
  let isTold = false;
  return {
    name: "compiled-messages",
    async buildStart() {
      compiling ??= compileMessages();
      await compiling;
      const read = await readCatalogs(MESSAGES);
      const untranslated = untranslatedInShort(read, await offeredIn("."));
      // Warn only once, because each environment starts a build of its own.
      if (untranslated !== null && !isTold) this.warn(`${untranslated}: npm run messages`);
      isTold = true;
      const faults = findCatalogFaults(read);
      if (faults.length === 0) return;
      const report = `Messages differ between languages:\n${faults.join("\n")}`;
      if (this.meta.watchMode || this.environment.mode === "dev") this.warn(report);
      else this.error(report);
    },
  };
}

function changedTexts(): Plugin {
  return {
    name: "changed-texts",
    configureServer({ watcher, config }) {
      watcher.on("change", (file) => {
        const [, area, locale] = messagesFile.exec(file) ?? [];
        if (area === undefined || locale === undefined) return;
        recompile(area, locale).catch((error: Error) => config.logger.error(error.message));
      });
    },
  };
}

// The index imports every language, so the browser's index is empty. A part is fetched first of all and as a whole, so it
// includes its plural rules (another chunk would cost a round trip). It does not export texts of other parts or of the Worker.
function oneLanguageInBrowser(): Plugin {
  return {
    name: "one-language-in-browser",
    applyToEnvironment: (environment) => environment.name === "client",
    async buildStart() {
      if (this.environment.mode !== "build") return;
      for (const locale of languageTags) {
        for (const part of catalogParts) {
          const id = path.resolve(compilerOptions.outdir, `messages/${locale}.js?${part}`);
          this.emitFile({ type: "chunk", id, name: `${locale}-${part}` });
        }
      }
    },
    async transform(code, id) {
      const [, locale, part] = localeModule.exec(id) ?? [];
      if (locale === undefined) return null;
      if (locale === "_index") return { code: "export {}", map: null };
      const registry = await readFile(path.join(path.dirname(id), "../registry.js"), "utf8");
      const whole = code
        .replace(/^import \* as registry .*$/m, registry.replaceAll(/^export /gm, ""))
        .replaceAll(/\bregistry\.(?=(plural|number|datetime|relativetime)\()/g, "")
        .replaceAll(/^export const (\w+)/gm, (line, key) => (partOf(key) === part ? line : `const ${key}`));
      return { code: this.environment.mode === "dev" ? whole + takeNewTexts : whole, map: null };
    },
  };
}

/** Creating plural rules and number formats costs more than a document's texts, so the Worker creates each only once. */
function formatsKept(): Plugin {
  return {
    name: "formats-kept",
    applyToEnvironment: (environment) => environment.name === "ssr",
    transform(code, id) {
      if (!id.endsWith("/paraglide/registry.js")) return null;
      const keeping = code.replaceAll(/new Intl\.(\w+)\((\w+), (\w+)\)/g, 'kept("$1", $2, $3)');
      if (keeping === code) this.error("Paraglide's registry no longer creates its formats in the expected way.");
      return {
        code: `${keeping}
const made = {};
const kept = (kind, locale, options) => (made[kind + locale + (options ? JSON.stringify(options) : "")] ??= new Intl[kind](locale, options));`,
        map: null,
      };
    },
  };
}

/**
 * The Worker starts without texts: it loads a language when the first request needs it (`load-language.server.ts`) and makes
 * each text when it is first read. The upload contains the name of each text once, not once per language.
 */
function languagesWhenAsked(): Plugin {
  return {
    name: "languages-when-asked",
    applyToEnvironment: (environment) => environment.name === "ssr",
    async transform(code, id) {
      const [, locale] = localeModule.exec(id) ?? [];
      if (locale === undefined) return null;
      const isBuild = this.environment.mode === "build";
      const read = async (tag: string) => textsOf(await readFile(path.join(path.dirname(id), `${tag}.js`), "utf8"));
      const names = isBuild ? [...(await read(baseLocale)).keys()].sort() : null;
      if (locale === "_index") return { code: everyLanguage(names), map: null };
      if (names === null) return null;
      const alike = languageTags.find((tag) => locale.startsWith(`${tag}-`));
      const texts = textsInOrder(names, textsOf(code), alike === undefined ? undefined : await read(alike));
      const base = alike === undefined ? "" : `import base from "./${alike}.js";\n`;
      return { code: `import * as registry from "../registry.js";\n${base}${texts}`, map: null };
    },
  };
}

/** `names`: the order of the texts in each language; null if the texts are exported by name. */
function everyLanguage(names: readonly string[] | null): string {
  const loads = languageTags.map((tag) => `"${tag}": () => import("./${tag}.js")`);
  const found =
    names === null
      ? "const found = (language, name) => language[name];"
      : `const places = new Map("${names.join(" ")}".split(" ").map((name, place) => [name, place]));
const found = (language, name) => language.default[places.get(name)];`;
  return `
import { getLocale } from "../runtime.js";
const loads = { ${loads.join(", ")} };
const languages = {};
export const loadLanguage = async (tag) => { languages[tag] ??= await loads[tag](); };
${found}
const say = (name) => (inputs = {}, options = {}) => {
  const text = found(languages[options.locale ?? getLocale()], name);
  return typeof text === "string" ? text : text(inputs);
};
export const texts = new Proxy({}, { get: (_, name) => say(name) });`;
}

// The server's build runs after the browser's, so the manifest with the final file names exists.
function catalogUrls(): Plugin {
  return {
    name: "catalog-urls",
    enforce: "pre",
    apply: "build",
    applyToEnvironment: (environment) => environment.name === "ssr",
    async transform(code, id) {
      if (!id.endsWith("/app/i18n/catalog-url.server.ts")) return null;
      const { base, environments } = this.environment.getTopLevelConfig();
      const folder = environments.client?.build.outDir ?? "build/client";
      const manifest: Record<string, { file: string }> = JSON.parse(
        await readFile(path.join(folder, ".vite/manifest.json"), "utf8"),
      );
      const urls = Object.entries(manifest).flatMap(([source, { file }]) => {
        const [, locale, part] = localeModule.exec(source) ?? [];
        return part === undefined ? [] : [[`${locale} ${part}`, base + file]];
      });
      return {
        code: code.replace("import.meta.env.CATALOG_URLS", JSON.stringify(Object.fromEntries(urls))),
        map: null,
      };
    },
  };
}
