import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { namesOf, type Target } from "./spec.ts";

type Generated = Target & { domain: string; doors: string[] };

/** The resources that this command has written into the tree in `root`, as far as their files still say so. */
export function generatedIn(root: string): Generated[] {
  const read = (file: string) => readFileSync(path.join(root, file), "utf8");
  const folders = globSync("app/*/schemas.ts", { cwd: root }).map((file) => path.basename(path.dirname(file)));
  return folders.sort().flatMap((name) => {
    const doors = ["tsx", "new.ts", "edit.ts", "remove.ts", "restore.ts"].map(
      (end) => `app/routes/organizations/${name}.${end}`,
    );
    if (!doors.every((file) => existsSync(path.join(root, file)))) return [];
    const [schemas, feature] = [read(`app/${name}/schemas.ts`), read(`app/${name}/feature.ts`)];
    const tables = read(`app/db/schema/${name}.ts`);
    const table = /export const One\w+ = .*\{ (\w+):/.exec(schemas)?.[1];
    if (table === undefined) return [];
    return {
      many: namesOf(name, "List"),
      table,
      title: /"newest", "oldest", "(\w+)"/.exec(schemas)?.[1] ?? "",
      unique: [...tables.matchAll(/_unique_\w+"\)\s*\.on\(table\.organizationId, table\.(\w+)\)/g)].map(
        ([, field = ""]) => field,
      ),
      area: /messages: \{ (\w+):/.exec(feature)?.[1] ?? "",
      icon: /icon: "([\w-]+)"/.exec(read(`app/${name}/feature.view.ts`))?.[1] ?? "",
      domain: /export const (\w+) = \{/.exec(feature)?.[1] ?? "",
      doors,
    };
  });
}

/** The names of the tables' files in which a column refers to this resource. */
export function referringTo(name: string, root: string): string[] {
  const files = globSync("app/db/schema/*.ts", { cwd: root });
  const isReferring = (file: string) => readFileSync(path.join(root, file), "utf8").includes(`from "./${name}.ts"`);
  return files.filter(isReferring).map((file) => path.basename(file, ".ts"));
}

/**
 * The files that still name a resource that was removed: they import something of it or name a file of its routes, a permission, a row
 * of its API (such as the exceptions in `app/tools.test.ts`) or a mail about it.
 */
export function stillNaming({ name, table }: { name: string; table: string }, root: string): string[] {
  const one = table.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const ofIts = new RegExp(`["']((?:#app|\\.\\.?)/(?:[^"']*/)?(?:${name}/[^"']*|schema/${name}\\.ts))["']`, "g");
  const isNaming = new RegExp(`["'](\\.\\./)*routes/(organizations|files)/${name}\\.|["']${name}:\\w+["']`);
  const isRow = new RegExp(`["']${name}\\.[\\w-]+["']`);
  const isMail = new RegExp(`["'](${name}|${one})-[\\w-]+["']`);
  const files = globSync("{app,e2e,workers}/**/*.{ts,tsx}", { cwd: root });
  const isFound = (file: string) => {
    const text = readFileSync(path.join(root, file), "utf8");
    const imported = [...text.matchAll(ofIts)].map(([, from = ""]) => from);
    // A folder of the base can have the name of the resource, such as `app/routes/files/`. What is imported of it is still there.
    if (isNaming.test(text) || imported.some((from) => !existsSync(fileOf(from, { root, file })))) return true;
    return file.startsWith("app/mail/") ? isMail.test(text) : file === "app/tools.test.ts" && isRow.test(text);
  };
  return files.filter(isFound).sort();
}

function fileOf(imported: string, { root, file }: { root: string; file: string }): string {
  return imported.startsWith("#app/")
    ? path.join(root, "app", imported.slice("#app/".length))
    : path.join(root, path.dirname(file), imported);
}
