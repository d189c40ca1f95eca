import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";

const APP = path.join(import.meta.dirname, "..");

export type Import = { from: string; to: string; typesOnly: boolean; isLazy: boolean };

/** The paths in `app/` of all files that are built. */
export async function sourceFiles(): Promise<string[]> {
  const files = await readdir(APP, { recursive: true });
  return files
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file) && !/\.(test|test-d|test-data|contract|browser)\.tsx?$/.test(file))
    .filter((file) => !file.startsWith("test/") && !file.startsWith("i18n/paraglide/"));
}

const parsed = new Map<string, { text: string; imports: Import[] }>();

export async function importsOf(from: string): Promise<Import[]> {
  const text = await readFile(path.join(APP, from), "utf8");
  // Cached, because tests read the same files over and over, and parsing took most of their time.
  if (parsed.get(from)?.text !== text) parsed.set(from, { text, imports: importsIn(from, text) });
  return parsed.get(from)?.imports ?? [];
}

function importsIn(from: string, text: string): Import[] {
  const source = ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true);
  const typesOnly = new Set(source.statements.flatMap((statement) => typeImport(statement) ?? []));
  return ts.preProcessFile(text).importedFiles.flatMap(({ fileName, pos }) => {
    const to = insideApp(from, fileName);
    if (to === null) return [];
    const isLazy = /\bimport\(\s*["'`]?$/.test(text.slice(0, pos));
    return [{ from, to, typesOnly: typesOnly.has(lineOf(text, pos)), isLazy }];
  });
}

/** The line of the module's name in a statement that imports only types; null for other statements. */
function typeImport(statement: ts.Statement): number | null {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return null;
  if (!statement.moduleSpecifier) return null;
  const { line } = statement.getSourceFile().getLineAndCharacterOfPosition(statement.moduleSpecifier.getStart());
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly ? line : null;
  const clause = statement.importClause;
  const named = clause?.namedBindings;
  const namesTypes = named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
  return clause?.isTypeOnly || (namesTypes && !clause.name) ? line : null;
}

const lineOf = (text: string, position: number) => text.slice(0, position).split("\n").length - 1;

function insideApp(from: string, specifier: string): string | null {
  if (specifier.startsWith("#app/")) return specifier.slice("#app/".length);
  if (specifier.startsWith("#")) return `../${specifier}`;
  return specifier.startsWith(".") ? path.posix.join(path.posix.dirname(from), specifier) : null;
}
