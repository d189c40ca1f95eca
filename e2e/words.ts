import path from "node:path";
import { readCatalogs } from "../app/i18n/catalogs.ts";
import { isolate } from "../app/text/isolation.ts";

const catalogs = await readCatalogs(path.join(import.meta.dirname, "../app/i18n/messages"));

/** Returns the product's messages in a language, for tests that run in more than one: `say("common_save")`. */
export function wordsOf(tag: string) {
  return (key: string, inputs: Record<string, string | number> = {}): string => {
    const text = catalogs[tag]?.[key];
    if (typeof text !== "string") throw new Error(`No plain message "${key}" in ${tag}.`);
    const direction = tag.startsWith("ar") ? "rtl" : "ltr";
    return text.replace(/\{(\w+)\}/g, (_, name: string) => isolate(String(inputs[name]), direction));
  };
}
