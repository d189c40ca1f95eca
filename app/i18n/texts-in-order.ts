/** A text as it was compiled, in JavaScript: a string where it takes nothing, else a function of what it takes. */
type Texts = Map<string, string>;

export function textsOf(compiled: string): Texts {
  const declared = compiled.split(/^export const (\w+) = /m).slice(1);
  const names = declared.filter((_, index) => index % 2 === 0);
  return new Map(names.map((name, at) => [name, textOf(declared[at * 2 + 1] ?? "")]));
}

function textOf(declared: string): string {
  const code = declared.trimEnd().replace(/;$/, "");
  const [, string] = /^[^`]*\(\) => \{[^`]*(`(?:[^`$\\]|\\.)*`)\)\s*\}$/.exec(code) ?? [];
  return string ?? code;
}

/**
 * The default export of a language: its texts alone, in the order of `names`, which weigh as much as the texts themselves.
 * With `alike`, only where it says something else than that language, which is `base` in the module.
 */
export function textsInOrder(names: readonly string[], texts: Texts, alike?: Texts): string {
  const missing = names.filter((name) => !texts.has(name));
  if (missing.length > 0) throw new Error(`Not compiled: ${missing.join(", ")}`);
  const inOrder = names.map((name) => texts.get(name));
  if (alike === undefined) return `export default [${inOrder.join(",\n")}];`;
  const own = names.flatMap((name, at) => (texts.get(name) === alike.get(name) ? [] : `${at}: ${inOrder[at]}`));
  return `export default Object.assign([...base], {${own.join(",\n")}});`;
}
