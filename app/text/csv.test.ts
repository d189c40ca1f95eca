import { expect, test } from "vitest";
import { csvHead, csvLines } from "./csv.server.ts";

const MARKS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"];

/** The cells as read by a spreadsheet that splits at `separator`. Quotes that do not start a cell are text. */
function cellsOf(text: string, separator: string): string[] {
  const cells: string[] = [];
  let [cell, isQuoted, at] = ["", false, 0];
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isQuoted && text.startsWith('""', at)) {
      cell += '"';
      at += 1;
    } else if (character === '"' && (isQuoted || cell === "")) isQuoted = !isQuoted;
    else if (!isQuoted && (character === separator || character === "\r" || character === "\n")) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell];
}

test("no spreadsheet finds a formula in a cell, whatever it splits the file at", () => {
  for (const mark of MARKS) {
    for (const typed of [
      `${mark}1+1`,
      `x;${mark}1+1;`,
      `;${mark}1+1;`,
      `x\t${mark}1+1`,
      `x\n${mark}1+1`,
      `x\r\n${mark}1+1`,
      `x, y;${mark}1+1`,
      `x;"${mark}1+1`,
      `x;""${mark}1+1`,
      `x;\u202e${mark}1+1`,
      `x;\t;${mark}1+1;${mark}2`,
    ]) {
      const text = csvLines([["before", typed, "after"], [typed]]);
      for (const separator of [",", ";", "\t"]) {
        const formulas = cellsOf(text, separator).filter((cell) => MARKS.includes(cell.charAt(0)));
        expect(formulas, `${JSON.stringify(typed)} at ${JSON.stringify(separator)}`).toEqual([]);
      }
    }
  }
});

test("all other text and every number is written unchanged", () => {
  for (const typed of ["a-b; c = d", "one;two", "x@example.com", "1 + 1", "a\nb", "it's"]) {
    expect(cellsOf(csvLines([[typed]]), ",")[0]).toBe(typed);
  }
  expect(csvLines([[-1, 2.5, null, "-1", "a;-1"]])).toBe("-1,2.5,,'-1,a;'-1\r\n");
  expect(csvHead(["time", "name"])).toBe("\ufefftime,name\r\n");
});
