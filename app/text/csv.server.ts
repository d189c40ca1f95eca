import { stringify } from "csv-stringify/sync";
import { withoutDirections } from "./isolation.ts";

/** Spreadsheets take a file for UTF-8 when it begins so. */
const BYTE_ORDER_MARK = "\ufeff";

/** The first line of a CSV file (RFC 4180). */
export function csvHead(columns: readonly string[]): string {
  return BYTE_ORDER_MARK + stringify([columns], { record_delimiter: "windows" });
}

/** Lines of it. Cells that a spreadsheet would run as a formula are escaped (OWASP, "CSV Injection"). */
export function csvLines(rows: readonly (string | number | null)[][]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "string" ? withoutDirections(cell) : cell)));
  return stringify(cells, { record_delimiter: "windows", escape_formulas: true });
}
