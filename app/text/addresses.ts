import { normalAddress } from "./address.ts";

/** The text typed for one address, and the address in the form in which it is kept; null if it is not an address. */
export type TypedAddress = { typed: string; address: string | null };

/** The separators between addresses, on any keyboard. */
const BETWEEN = /[,;\n\r\t،؛、，；]/;

/** Finds addresses in pasted text, with names and any separators between them. Returns each once, in order. */
export function addressesIn(text: string): TypedAddress[] {
  const found = new Map<string, TypedAddress>();
  for (const typed of piecesOf(text)) {
    const address = normalAddress(typed);
    const name = address ?? typed;
    if (!found.has(name)) found.set(name, { typed, address });
  }
  return [...found.values()];
}

function piecesOf(text: string): string[] {
  const cells = columnOf(text) ?? split(text);
  const pieces = cells.filter((cell) => cell !== "").flatMap((cell) => (/[<"]/.test(cell) ? [cell] : apart(cell)));
  // In "Lovelace, Ada <ada@example.com>", the text before the comma is half of a name.
  return pieces.filter((piece, index) => piece.includes("@") || !/^[^@]+<[^<>@]+@/.test(pieces[index + 1] ?? ""));
}

/** The column of addresses in a table (a CSV file or part of a sheet), without its head; null if the text is not a table. */
function columnOf(text: string): string[] | null {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  const rows = lines.map(split);
  const [head = [], ...body] = rows;
  const places = body.map((row) => row.flatMap((cell, place) => (cell.includes("@") ? [place] : [])));
  const [[place] = []] = places;
  const isTable =
    place !== undefined &&
    head.length > 1 &&
    rows.every(({ length }) => length === head.length) &&
    places.every((found) => found.length === 1 && found[0] === place) &&
    head.every((cell, at) => at === place || !cell.includes("@"));
  if (!isTable) return null;
  return (head[place]?.includes("@") ? rows : body).map((row) => row[place] ?? "");
}

/** Splits at separators, except in quotes and in angle brackets. */
function split(text: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let isQuoted = false;
  let isBracketed = false;
  for (const letter of text) {
    const isLineEnd = letter === "\n" || letter === "\r";
    if (letter === '"') isQuoted = !isQuoted;
    // An unclosed quote ends with its line.
    if (isLineEnd) isQuoted = false;
    isBracketed = letter === "<" || (isBracketed && letter !== ">" && !isLineEnd);
    if (BETWEEN.test(letter) && !isQuoted && !isBracketed) {
      pieces.push(piece);
      piece = "";
    } else piece += letter;
  }
  return [...pieces, piece].map((each) => each.trim());
}

/** Splits several addresses with only blanks between them. */
function apart(piece: string): string[] {
  const words = piece.split(/\s+/);
  return words.length > 1 && words.every((word) => word.includes("@")) ? words : [piece];
}
