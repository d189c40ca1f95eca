import path from "node:path";
import ts from "typescript";
import { Mistake } from "../mistake.ts";

/** `words` are string literals by which others name what is removed, such as route files, permissions and actions. */
export type Gone = { root: string; files: ReadonlySet<string>; words: ReadonlySet<string>; domain?: string };

/** Within this node, the name refers to something that is removed. */
type Name = { name: string; within: ts.Node };

/** The text of a file without the smallest statement, list element or property around each name of what is removed. */
export function without(file: string, text: string, gone: Gone): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const cuts = new Set<ts.Node>();
  const names: Name[] = [];
  const cut = (node: ts.Node) => {
    if (cuts.has(node)) return;
    cuts.add(node);
    names.push(...namesMadeBy(node));
  };
  for (const statement of source.statements) if (isImportOf(statement, gone)) cut(statement);
  const mayVisit = /^(e2e|scripts\/(bench|screenshots))/.test(path.relative(gone.root, file).replaceAll("\\", "/"));
  for (let before = -1; before < cuts.size; ) {
    before = cuts.size;
    visit(source, cuts, (node) => {
      const isNamed = ts.isIdentifier(node) && isReference(node) && names.some((each) => isMeant(node, each));
      const isWord = ts.isStringLiteral(node) && gone.words.has(node.text);
      const isVisit = mayVisit && namesPageOf(node, gone.domain);
      if (isNamed || isWord || isVisit) cut((mayVisit ? visitAround(node) : null) ?? around(node));
    });
  }
  return cuts.size === 0 ? text : withoutCuts(source, cuts);
}

function withoutCuts(source: ts.SourceFile, cuts: Set<ts.Node>): string {
  for (let before = -1; before < cuts.size; ) {
    before = cuts.size;
    for (const node of leftOver(source, cuts)) cuts.add(node);
  }
  const { text } = source;
  return withoutSpans(
    text,
    [...cuts].map((node) => spanOf(node, text)),
  );
}

function isImportOf(statement: ts.Statement, { root, files }: Gone): boolean {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
  const { text } = statement.moduleSpecifier;
  const { fileName } = statement.getSourceFile();
  if (text.startsWith("#")) return files.has(path.join(root, text.slice(1)));
  return text.startsWith(".") && files.has(path.resolve(path.dirname(fileName), text));
}

function namesMadeBy(node: ts.Node): Name[] {
  const within = scopeOf(node);
  const made: Name[] = [];
  const add = (name: ts.BindingName | undefined) => {
    if (name === undefined) return;
    if (ts.isIdentifier(name)) made.push({ name: name.text, within });
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  if (ts.isImportDeclaration(node)) {
    const { name, namedBindings } = node.importClause ?? {};
    add(name);
    if (namedBindings && ts.isNamedImports(namedBindings))
      for (const element of namedBindings.elements) add(element.name);
  }
  if (ts.isVariableStatement(node)) for (const declaration of node.declarationList.declarations) add(declaration.name);
  if (ts.isFunctionDeclaration(node) || ts.isTypeAliasDeclaration(node)) add(node.name);
  return made;
}

function scopeOf(node: ts.Node): ts.Node {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (ts.isBlock(parent) || ts.isSourceFile(parent)) return parent;
  }
  return node.getSourceFile();
}

function visit(node: ts.Node, cuts: ReadonlySet<ts.Node>, look: (node: ts.Node) => void) {
  if (cuts.has(node)) return;
  look(node);
  ts.forEachChild(node, (child) => visit(child, cuts, look));
}

/** Whether an identifier refers to something, and is not the name of a property, binding, import or declaration. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isFunctionDeclaration(parent) || ts.isTypeAliasDeclaration(parent)) return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  return !(
    ts.isImportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isJsxAttribute(parent)
  );
}

function isMeant(node: ts.Identifier, { name, within }: Name): boolean {
  if (node.text !== name) return false;
  for (let parent: ts.Node = node; parent; parent = parent.parent) {
    if (parent === within) return true;
    if (ts.isFunctionLike(parent) && parent.parameters.some(({ name: own }) => bindsIn(own, name))) return false;
  }
  return false;
}

function bindsIn(binding: ts.BindingName, name: string): boolean {
  if (ts.isIdentifier(binding)) return binding.text === name;
  return binding.elements.some((element) => ts.isBindingElement(element) && bindsIn(element.name, name));
}

/**
 * Returns the list element around the node, with the call that makes it, or the property, or the whole top-level function. Throws
 * a Mistake for anything else, which only a person can take out.
 */
function around(node: ts.Node): ts.Node {
  const top = topFunctionAround(node);
  let found: ts.Node | null = null;
  for (let each = top ?? node; !ts.isSourceFile(each.parent); each = each.parent) {
    const isInRow = found !== null && ts.isObjectLiteralElement(found) && ts.isCallExpression(each);
    if (found !== null && !isLiteral(each) && !ts.isObjectLiteralElement(each) && !isInRow) break;
    if (isElement(each)) found = each;
  }
  if (found !== null) return found;
  if (top === null) return statementAround(node);
  if (ts.isFunctionDeclaration(top) && ts.isSourceFile(top.parent)) return top;
  const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart());
  throw new Mistake(
    `${node.getSourceFile().fileName}:${line + 1} names ${node.getText()} outside a list. Remove it first.`,
  );
}

/** Whether a text is the path of a page of the domain, or the domain's name, by which journeys and measurements name pages. */
function namesPageOf(node: ts.Node, domain: string | undefined): boolean {
  if (domain === undefined || !(ts.isStringLiteral(node) || isPartOfTemplate(node))) return false;
  return new RegExp(`(^|/)${domain}(?![\\w-])`, "i").test(node.text);
}

function isPartOfTemplate(node: ts.Node): node is ts.TemplateLiteralLikeNode {
  return ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
}

/** For a test that visits pages, returns the node's element of a list of pages, or the whole test. */
function visitAround(node: ts.Node): ts.Node | null {
  const text = ts.isTemplateMiddleOrTemplateTail(node)
    ? node.parent.parent
    : ts.isTemplateHead(node)
      ? node.parent
      : node;
  const { parent } = text;
  if (ts.isArrayLiteralExpression(parent) && parent.elements.length > 1) {
    if (ts.isArrayLiteralExpression(parent.parent)) return parent;
    if (parent.elements.every(ts.isStringLiteral)) return text;
  }
  for (let each: ts.Node = node; !ts.isSourceFile(each); each = each.parent) {
    const isTest = ts.isExpressionStatement(each) || ts.isForOfStatement(each);
    if (isTest && ts.isSourceFile(each.parent)) return each;
  }
  return null;
}

function topFunctionAround(node: ts.Node): ts.Node | null {
  let found: ts.Node | null = null;
  for (let each = node; !ts.isSourceFile(each); each = each.parent) if (ts.isFunctionLike(each)) found = each;
  return found;
}

function statementAround(node: ts.Node): ts.Node {
  return ts.isSourceFile(node.parent) ? node : statementAround(node.parent);
}

const isLiteral = (node: ts.Node) => ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);

function isElement(node: ts.Node): boolean {
  return ts.isObjectLiteralElement(node) || ts.isArrayLiteralExpression(node.parent) || ts.isUnionTypeNode(node.parent);
}

/** The top-level statements and imports that are not exported and that no remaining code names. */
function leftOver(source: ts.SourceFile, cuts: ReadonlySet<ts.Node>): ts.Node[] {
  const counts = new Map<string, number>();
  const countIn = (node: ts.Node, seen: ReadonlySet<ts.Node>) =>
    visit(node, seen, (each) => {
      if (ts.isIdentifier(each) && isReference(each)) counts.set(each.text, (counts.get(each.text) ?? 0) + 1);
    });
  countIn(source, cuts);
  const isAlone = (name: string) => !counts.has(name);
  return source.statements.flatMap((statement): ts.Node[] => {
    if (cuts.has(statement)) return [];
    if (ts.isImportDeclaration(statement)) {
      const bindings = statement.importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) return [];
      const alone = bindings.elements.filter((element) => !cuts.has(element) && isAlone(element.name.text));
      const left = bindings.elements.filter((element) => !cuts.has(element)).length - alone.length;
      return left === 0 && !statement.importClause?.name ? [statement] : alone;
    }
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    const made = namesMadeBy(statement);
    return !isExported && made.length > 0 && made.every(({ name }) => isAlone(name)) ? [statement] : [];
  });
}

type Span = [start: number, end: number];

/** The span of a node with the comments above it and the comma after it, or with the `|` of a union. */
function spanOf(node: ts.Node, text: string): Span {
  const [start, end] = [node.getFullStart(), node.getEnd()];
  const comma = /^\s*,/.exec(text.slice(end));
  if (ts.isUnionTypeNode(node.parent)) {
    const bar = /\|\s*$/.exec(text.slice(0, node.getStart()));
    return bar ? [bar.index, end] : [start, end + (/^\s*\|/.exec(text.slice(end))?.[0].length ?? 0)];
  }
  return [start, end + (comma && !ts.isStatement(node) ? comma[0].length : 0)];
}

function withoutSpans(text: string, spans: Span[]): string {
  let left = "";
  let at = 0;
  for (const [start, end] of spans.toSorted(([one], [other]) => one - other)) {
    if (start < at) continue;
    left += text.slice(at, start);
    at = end;
  }
  return left + text.slice(at);
}
