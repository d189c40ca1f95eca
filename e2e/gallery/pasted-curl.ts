import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

type Terminal = {
  /** Variables that a person has exported, such as `KEY`. */
  variables: Record<string, string>;
  /** The folder of the files that the command line names. */
  folder: string;
};

/**
 * Runs a `curl` line as a terminal does: a shell reads its words, quotes and variables, and this function sends what curl would
 * send, since not every machine has curl. Rejects if an option is unknown.
 */
export async function runCurl(line: string, { variables, folder }: Terminal): Promise<Response> {
  const { stdout } = await promisify(execFile)("sh", ["-c", `printf '%s\\0' ${line}`], {
    env: { ...process.env, ...variables },
  });
  const [command, ...words] = stdout.split("\0").slice(0, -1);
  if (command !== "curl") throw new Error(`No line of curl: ${line}`);
  let url = "";
  const headers = new Headers();
  const asked: RequestInit = { headers };
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (!word.startsWith("-")) {
      url = word;
      continue;
    }
    const value = words.shift() ?? "";
    if (word === "-X") asked.method = value;
    else if (word === "-H")
      headers.append(value.slice(0, value.indexOf(":")), value.slice(value.indexOf(":") + 1).trim());
    else if (word === "-d") Object.assign(asked, { body: value, method: asked.method ?? "POST" });
    else if (word === "-F") Object.assign(asked, { body: await formOf(value, folder), method: asked.method ?? "POST" });
    else throw new Error(`An option of curl that is not known here: ${word}`);
  }
  return fetch(url, asked);
}

/** Makes a form from an option's value, `name=@file`. */
async function formOf(value: string, folder: string): Promise<FormData> {
  const [, name = "", file = ""] = /^(\w+)=@(.+)$/.exec(value) ?? [];
  const form = new FormData();
  form.append(name, new File([await readFile(path.join(folder, file))], file, { type: "image/jpeg" }));
  return form;
}
