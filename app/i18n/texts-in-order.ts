/** Compiled texts by name, as JavaScript code: a string if the text has no inputs, otherwise a function of its inputs. */
type Texts = Map<string, string>;

export function textsOf(compiled: string): Texts {
  // After a text was changed in development, comments about types are between the texts.
  const code = compiled.replaceAll(/^\/\*\*(?:(?!\*\/)[\s\S])*\*\/$/gm, "");
  const declared = code.split(/^export const (\w+) = /m).slice(1);
  const names = declared.filter((_, index) => index % 2 === 0);
  return new Map(names.map((name, at) => [name, textOf(declared[at * 2 + 1] ?? "")]));
}

function textOf(declared: string): string {
  const code = declared.trimEnd().replace(/;$/, "");
  const [, string] = /^[^`]*\(\) => \{[^`]*(`(?:[^`$\\]|\\.)*`)\)\s*\}$/.exec(code) ?? [];
  // Every number is "other" if it is nothing else, so the name of the text, which would be said last, never is.
  return string ?? code.replace(/if \(\w+ === "other"\) (return .*)\n\treturn .*\("\w+"\);(?=\n\}$)/, "$1");
}

/**
 * Returns the code of a language's default export: its texts in the order of `names`, without the names, which would weigh as
 * much as the texts. With `alike`, it has only the texts that differ from that language, which is `base` in the module.
 */
export function textsInOrder(names: readonly string[], texts: Texts, alike?: Texts): string {
  const missing = names.filter((name) => !texts.has(name));
  if (missing.length > 0) throw new Error(`Not compiled: ${missing.join(", ")}`);
  const inOrder = names.map((name) => texts.get(name));
  if (alike === undefined) return `export default [${inOrder.join(",\n")}];`;
  const own = names.flatMap((name, at) => (texts.get(name) === alike.get(name) ? [] : `${at}: ${inOrder[at]}`));
  return `export default Object.assign([...base], {${own.join(",\n")}});`;
}
