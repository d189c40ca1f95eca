import { z } from "zod";
import { type ApiRow, OF_FORMS } from "./api-row.server.ts";

/** A schema in JSON Schema 2020-12. Named schemas are under `$defs`. */
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

/** A row's input without headers. Never stricter; looser only where a description says so. Throws if a field has no type. */
export function inputSchemaOf({ id, operation }: ApiRow): ObjectSchema {
  const { properties = {}, required = [] } = converted(operation.validate, "input") as Partial<ObjectSchema>;
  for (const [name, { description: _says, ...form }] of Object.entries(properties)) {
    if (Object.keys(form).length === 0) throw new Error(`${id}: give "${name}" a .meta({ type: … }) in its schema`);
  }
  const takes = (name: string) => name !== "headers" && !OF_FORMS.includes(name);
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => takes(name))),
    required: required.filter(takes),
    additionalProperties: false,
  };
}

/** The schema of the JSON that a row responds with. Null if the response has no body, or a file. */
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
      // A response can gain fields later, and a program that validates it must not fail because of them.
      if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return found as JsonSchema;
}

/** Removes what is redundant: the pattern of a format, the type of property names, and the limits of safe integers. */
function tidy(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  delete jsonSchema.propertyNames;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
