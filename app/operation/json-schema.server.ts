import { z } from "zod";
import { type ApiRow, OF_FORMS } from "./api-row.server.ts";

/** A schema of JSON Schema 2020-12; what has a name of its own stands under `$defs`. */
export type JsonSchema = {
  [keyword: string]: unknown;
  description?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
};

export type ObjectSchema = JsonSchema & {
  type: "object";
  properties: Record<string, JsonSchema>;
  required: string[];
  additionalProperties: false;
};

/** All that a row takes but headers; never stricter, and looser only where its description says so. Throws for what it cannot say. */
export function inputSchemaOf({ id, operation }: ApiRow): ObjectSchema {
  const { properties = {}, required = [] } = converted(operation.validate, "input") as Partial<ObjectSchema>;
  for (const [name, { description: _says, ...form }] of Object.entries(properties)) {
    if (Object.keys(form).length === 0) throw new Error(`${id}: say "${name}" with .meta({ type: … }) in its schema`);
  }
  const takes = (name: string) => name !== "headers" && !OF_FORMS.includes(name);
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => takes(name))),
    required: required.filter(takes),
    additionalProperties: false,
  };
}

/** The JSON that a row answers; null: no body, or a file. */
export function answerSchemaOf({ answers }: ApiRow): JsonSchema | null {
  if (answers === null) return null;
  const { $ref, $defs = {}, ...found } = converted(answers, "output");
  const name = $ref?.slice("#/$defs/".length) ?? "";
  const { [name]: named = found, ...others } = $defs;
  return { ...named, ...(Object.keys(others).length > 0 && { $defs: others }) };
}

function converted(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const unrepresentable = io === "input" ? "any" : "throw";
  const { $schema: _dialect, ...found } = z.toJSONSchema(schema, {
    io,
    unrepresentable,
    override({ jsonSchema }) {
      tidy(jsonSchema);
      // An answer may gain fields, and a program that checks it must not stumble over them.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return found as JsonSchema;
}

/** A format says all that its pattern would, names of properties are text, and a whole number is a safe one. */
function tidy(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  delete jsonSchema.propertyNames;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
