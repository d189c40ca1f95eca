import type { JsonSchema } from "#app/operation/json-schema.server.ts";

const OF_FORMATS: Record<string, string> = {
  uuid: "0f3c6a52-7c1d-4e0b-9a54-2d3c8e1b7f60",
  date: "2026-11-26",
  "date-time": "2026-11-26T09:30:00.000Z",
};

/** A value for a schema: its own example if it has one, otherwise one of its form. `schemas` are those that it refers to. */
export function exampleOf(schema: JsonSchema, schemas: Record<string, JsonSchema>, name = ""): unknown {
  const { $ref, examples, anyOf, items, properties, format } = schema as JsonSchema & {
    examples?: unknown[];
    anyOf?: JsonSchema[];
    items?: JsonSchema;
    properties?: Record<string, JsonSchema>;
    format?: string;
    enum?: unknown[];
  };
  if ($ref !== undefined) return exampleOf(schemas[$ref.split("/").at(-1) ?? ""] ?? {}, schemas, name);
  const [said] = [examples, [schema.default], [schema.const], schema.enum as unknown[] | undefined]
    .map((values) => values?.[0])
    .filter((value) => value !== undefined);
  if (said !== undefined) return said;
  if (anyOf?.[0] !== undefined) return exampleOf(anyOf[0], schemas, name);
  const [type] = [schema.type].flat();
  if (type === "object") {
    const each = Object.entries(properties ?? {});
    return Object.fromEntries(each.map(([field, value]) => [field, exampleOf(value, schemas, field)]));
  }
  if (type === "array") return items === undefined ? [] : [exampleOf(items, schemas, name)];
  if (type === "integer" || type === "number") return schema.minimum ?? 1;
  if (type === "boolean") return true;
  return OF_FORMATS[/id$/i.test(name) ? "uuid" : (format ?? "")] ?? name;
}
