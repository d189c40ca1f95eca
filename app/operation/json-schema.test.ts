import { expect, test } from "vitest";
import { z } from "zod";
import { apiRows } from "#app/api.ts";
import type { ApiRow } from "./api-row.server.ts";
import { answerSchemaOf, inputSchemaOf } from "./json-schema.server.ts";

function aRow(validate: z.ZodType, answers: z.ZodType | null = null): ApiRow {
  return { id: "things.make", operation: { validate }, answers } as unknown as ApiRow;
}

test("every row's input and response have a JSON Schema, and each parameter of its path is required", () => {
  for (const row of apiRows) {
    const { properties, required } = inputSchemaOf(row);
    const inPath = Array.from(row.path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    expect(required, row.id).toEqual(expect.arrayContaining(inPath));
    expect(Object.keys(properties), row.id).not.toContain("once");
    const said = answerSchemaOf(row);
    if (row.answers !== null) expect(said, row.id).toMatchObject({ type: "object" });
  }
});

test("a field that JSON Schema cannot express causes an error that names it", () => {
  const file = z.custom(() => true);
  expect(() => inputSchemaOf(aRow(z.object({ file })))).toThrow('things.make: give "file"');
  expect(() => answerSchemaOf(aRow(z.object({}), z.object({ at: z.date() })))).toThrow("Date");
  const said = z.object({ file: file.meta({ type: "string" }) });
  expect(inputSchemaOf(aRow(said)).properties).toEqual({ file: { type: "string" } });
});

test("an input is described before its transformation, and a response with a name is written out", () => {
  const Thing = z.object({ size: z.int() }).meta({ id: "Thing" });
  const Things = z.object({ data: z.array(Thing) }).meta({ id: "Things" });
  const input = z.object({ day: z.iso.date(), name: z.string().max(9).transform(Number) }).transform(String);
  expect(inputSchemaOf(aRow(input)).properties).toEqual({
    day: { type: "string", format: "date" },
    name: { type: "string", maxLength: 9 },
  });
  const one = {
    type: "object",
    properties: { size: { type: "integer" } },
    required: ["size"],
  };
  expect(answerSchemaOf(aRow(input, Thing))).toEqual(one);
  expect(answerSchemaOf(aRow(input, Things))).toMatchObject({
    type: "object",
    properties: { data: { items: { $ref: "#/$defs/Thing" } } },
    $defs: { Thing: one },
  });
});
