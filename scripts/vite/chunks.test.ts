import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { ROOT } from "../tools.ts";
import { CHUNKS } from "./chunks.ts";

test("each name and pattern of a chunk of scripts finds a file", () => {
  const files = globSync("app/**/*.{ts,tsx}", { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));
  const options = Object.values(CHUNKS)
    .flat()
    .filter((pattern) => pattern.startsWith("app/"))
    .flatMap(optionsOf);
  expect(options.length).toBeGreaterThan(40);
  expect(options.filter((option) => !files.some((file) => new RegExp(option).test(file)))).toEqual([]);
});

/** The patterns for each name in a list of names such as `(urls|type-names)`, also in one of names to leave out. */
function optionsOf(pattern: string): string[] {
  const [list, names = ""] = /\((?:\?!)?([^()]+)\)/.exec(pattern) ?? [];
  return list === undefined ? [pattern] : names.split("|").map((name) => pattern.replace(list, name));
}
