import { expect, test } from "vitest";
import { createBufferedFile } from "#app/request/body/incoming-file.server.ts";
import { uploadedFile } from "./uploaded-file.ts";

const schema = uploadedFile(
  { maximum: 5, typeOf: ([first]) => (first === 1 ? "one" : null), description: "Begins with 1." },
  { missing: () => "missing", tooLarge: () => "too large", wrongType: () => "wrong type" },
);

const said = (sent: unknown) => schema.safeParse(sent).error?.issues.map(({ message }) => message);

function fileOf(...bytes: number[]) {
  const part = { field: "file", name: "file", declaredType: "text/plain", size: bytes.length };
  return createBufferedFile(part, new Uint8Array(bytes));
}

test("JSON in place of a file is refused, whatever it contains", () => {
  for (const json of [undefined, null, "file", 5, [], {}, { stream: 1 }, { stream: "a", size: 1 }])
    expect(said(json), JSON.stringify(json)).toEqual(["missing"]);
});

test("a file can be as large as the maximum, and its first bytes decide its type", () => {
  expect(said(fileOf(1, 2, 3, 4, 5))).toBeUndefined();
  expect(said(fileOf(1, 2, 3, 4, 5, 6))).toEqual(["too large"]);
  expect(said(fileOf(2, 1))).toEqual(["wrong type"]);
});
