import { runInNewContext } from "node:vm";
import ts from "typescript";

type Binding = { name: string; scope: ts.Node; node: ts.Node };
type Names = { bindings: Binding[]; references: { name: string; node: ts.Node }[] };

/**
 * Returns the first name that the code cannot use, because it would mean two things there or hide a global of JavaScript. Returns
 * null if there is none. `text` is code with placeholder names; `renamed` turns each placeholder into the wanted name.
 */
export function clashIn(text: string, renamed: (name: string) => string): string | null {
  const { bindings, references } = namesIn(text);
  const bound = new Set(bindings.map(({ name }) => name));
  const isSaidIn = (name: string, scope: ts.Node) =>
    references.some((each) => each.name === name && each.node.pos >= scope.pos && each.node.end <= scope.end);
  for (const { name, scope } of bindings) {
    const wanted = renamed(name);
    if (wanted === name) continue;
    if (LANGUAGE.has(wanted)) return wanted;
    if (!bound.has(wanted) && isSaidIn(wanted, scope)) return wanted;
    for (const other of bindings) {
      if (other.name === name || renamed(other.name) !== wanted) continue;
      const inner = isWithin(other.scope, scope) ? scope : other.scope;
      const outer = inner === scope ? other : { name, scope };
      if (other.scope === scope || (isWithin(inner, outer.scope) && isSaidIn(outer.name, inner))) return wanted;
    }
  }
  return null;
}

/** The names that a file binds at its top level. */
export function boundBy(text: string): Set<string> {
  return new Set(namesIn(text).bindings.flatMap(({ name, scope }) => (ts.isSourceFile(scope) ? [name] : [])));
}

/** The globals of the language itself, without those that a runtime adds. */
const LANGUAGE = new Set(runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[]);

function isWithin(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && inner.end <= outer.end;
}

function namesIn(text: string): Names {
  const source = ts.createSourceFile("code.tsx", text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: Names = { bindings: [], references: [] };
  const look = (node: ts.Node, scope: ts.Node): void => {
    const own = ts.isFunctionLike(node) || ts.isBlock(node) || ts.isForOfStatement(node) ? node : scope;
    const within = ts.isBlock(node) && ts.isFunctionLike(node.parent) ? node.parent : own;
    if (ts.isIdentifier(node)) {
      if (isBinding(node)) found.bindings.push({ name: node.text, node, scope: scopeOf(node, scope) });
      else if (isReference(node)) found.references.push({ name: node.text, node });
    }
    ts.forEachChild(node, (child) => look(child, within));
  };
  look(source, source);
  return found;
}

/** The name of a function belongs to the scope around the function. */
function scopeOf(node: ts.Identifier, scope: ts.Node): ts.Node {
  if (node.parent !== scope) return scope;
  let outer = scope.parent;
  while (!(ts.isSourceFile(outer) || ts.isFunctionLike(outer))) outer = outer.parent;
  return outer;
}

function isBinding(node: ts.Identifier): boolean {
  const { parent } = node;
  const isNamed =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent);
  return isNamed && parent.name === node;
}

function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  const isKey =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    (ts.isImportSpecifier(parent) && parent.propertyName === node) ||
    ts.isJsxAttribute(parent);
  return !isKey;
}
