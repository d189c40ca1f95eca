import { expect, test } from "vitest";
import { inColumns, inRows } from "./in-columns.ts";

const rows = [
  { id: "a", by: { id: "ada", name: "Ada" }, size: 1, isOwn: true },
  { id: "b", by: { id: "bo", name: "Bo" }, size: 1, isOwn: true },
];

test("a list is sent in columns, with what all rows have in common once", () => {
  expect(inColumns({ total: 2, rows })).toEqual({
    total: 2,
    rows: {
      "": [
        { size: 1, isOwn: true },
        { id: ["a", "b"], by: { "": [{}, { id: ["ada", "bo"], name: ["Ada", "Bo"] }] } },
      ],
    },
  });
});

test("whatever is sent in columns is received as it was", () => {
  const date = new Date(0);
  for (const data of [
    { rows },
    rows,
    [],
    [{}],
    [{ id: "a" }],
    [{ id: "a" }, { id: "a" }],
    [{ id: "a" }, null],
    [{ id: "a" }, { id: "b", name: undefined }],
    [
      { id: "a", by: null },
      { id: "b", by: { id: "ada" } },
    ],
    [[{ id: 1 }, { id: 2 }], [{ id: 3 }], []],
    [{ rows }, { rows: [] }, { rows: [...rows, ...rows] }],
    { at: date, none: null, nothing: undefined, text: "", flag: false, deep: { deeper: { rows } } },
    [{ at: date }, { at: new Date(1) }],
    "text",
    null,
    undefined,
  ]) {
    expect(inRows(inColumns(data))).toStrictEqual(data);
  }
});
