import { stringify } from "csv-stringify/sync";
import { withoutDirections } from "./isolation.ts";

/** Spreadsheets read a file as UTF-8 if it begins with this mark. */
const BYTE_ORDER_MARK = "\ufeff";

/** The first line of a CSV file (RFC 4180). */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + stringify([columns], { record_delimiter: "windows" });
}

/** The start of a formula after a separator other than a comma, where a spreadsheet can start a cell and drop quotes. */
const formulaInside = /(?<=[;\t\r\n])(?="*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * Lines of a CSV file. Text that a spreadsheet would run as a formula gets an apostrophe before it, at the start of a cell and
 * after any separator in it (OWASP, "CSV Injection": https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvLines(rows: readonly (string | number | null)[][]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? inert(cell) : cell)));
  // The library quotes only its own line ending (CRLF), but readers take each half of it for a line ending.
  return stringify(cells, { record_delimiter: "windows", escape_formulas: true, quoted_match: /[\r\n]/ });
}

function inert(cell: string): string {
  return withoutDirections(cell).replace(formulaInside, "'");
}
