import fc from "fast-check";
import type { OpenApi, Operation, Parameter } from "#app/developers/open-api.ts";
import type { JsonSchema } from "#app/operation/json-schema.server.ts";

export type AnyRequest = {
  id: string;
  method: string;
  /** The path with its parameters in braces. */
  template: string;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  /** "form" is a file in its field, "raw" a file as the whole body. Only the test can fill them. */
  body:
    | { kind: "none" }
    | { kind: "json"; value: unknown }
    | { kind: "text"; type: string; text: string }
    | { kind: "form"; field: string }
    | { kind: "raw" };
};

/** Values that no schema would give: empty, huge, of another type, or text that breaks careless code. */
const awkward = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    " ",
    0,
    -1,
    1e21,
    true,
    [],
    {},
    [[]],
    "\u0000",
    "\u202e",
    "%00",
    "'\"--;",
    "x".repeat(3_000),
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A request to any operation of the document, mostly as described there, often not. `known`: values by parameter name. */
export function anyRequest({ paths, components }: OpenApi, known: Record<string, string>): fc.Arbitrary<AnyRequest> {
  const operations = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ template, method: method.toUpperCase(), operation })),
  );
  return fc.constantFrom(...operations).chain(({ template, method, operation }) => {
    const parameters = operation.parameters.map((each) =>
      "$ref" in each ? (components.parameters[each.$ref.split("/").at(-1) ?? ""] as Parameter) : each,
    );
    const named = (place: Parameter["in"]) =>
      Object.fromEntries(
        parameters
          .filter((each) => each.in === place)
          .map(({ name, schema }) => [name, valueOrAwkward(schema, known[name])]),
      );
    return fc.record({
      id: fc.constant(operation.operationId),
      method: fc.constant(method),
      template: fc.constant(template),
      path: fc.record(named("path")),
      query: fc.record(named("query"), { requiredKeys: [] }),
      headers: fc.record(named("header"), { requiredKeys: [] }),
      body: method === "GET" ? fc.constant({ kind: "none" as const }) : bodyFor(operation),
    });
  });
}

function bodyFor({ requestBody }: Operation): fc.Arbitrary<AnyRequest["body"]> {
  const json = (value: unknown) => ({ kind: "json" as const, value });
  const wrong = fc.oneof(
    fc.constant({ kind: "none" as const }),
    awkward.map(json),
    fc.record({
      kind: fc.constant("text" as const),
      type: fc.constantFrom(
        "application/json",
        "text/plain",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "nonsense",
      ),
      text: fc.oneof(fc.constantFrom("", "{", "[1,", "nul", "--", "a=b&a=c"), fc.string({ maxLength: 40 })),
    }),
  );
  if (requestBody === undefined)
    return fc.oneof({ weight: 9, arbitrary: fc.constant({ kind: "none" as const }) }, { weight: 1, arbitrary: wrong });
  const schema = requestBody.content["application/json"]?.schema;
  const ofFiles = requestBody.content["multipart/form-data"]?.schema as { properties?: object } | undefined;
  const [field = ""] = Object.keys(ofFiles?.properties ?? {});
  if (schema === undefined)
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom({ kind: "form" as const, field }, { kind: "raw" as const }) },
      { weight: 1, arbitrary: wrong },
    );
  const { properties = {} } = schema as { properties?: Record<string, JsonSchema> };
  const broken = fc.record(
    { ...mapped(properties, (each) => valueOrAwkward(each)), surplus: awkward },
    { requiredKeys: [] },
  );
  return fc.oneof(
    { weight: 5, arbitrary: valueAs(schema).map(json) },
    { weight: 3, arbitrary: broken.map(json) },
    { weight: 1, arbitrary: wrong },
  );
}

function valueOrAwkward(schema: JsonSchema, known?: string): fc.Arbitrary<unknown> {
  const values = { weight: 3, arbitrary: valueAs(schema) };
  const knowns = known === undefined ? [] : [{ weight: 12, arbitrary: fc.constant<unknown>(known) }];
  return fc.oneof(values, ...knowns, { weight: 1, arbitrary: awkward });
}

/** A value that fits the schema. Throws for a type or format that it does not know, so that none is overlooked. */
function valueAs(schema: JsonSchema): fc.Arbitrary<unknown> {
  const {
    properties,
    required,
    minLength = 0,
    maxLength = 60,
    minimum,
    maximum,
    format,
    pattern,
  } = schema as JsonSchema & {
    properties?: Record<string, JsonSchema>;
    required?: string[];
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
    format?: string;
    pattern?: string;
  };
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as JsonSchema[]).map(valueAs));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => valueAs({ ...schema, type })));
  if (schema.type === "object") return fc.record(mapped(properties ?? {}, valueAs), { requiredKeys: required ?? [] });
  if (schema.type === "array") return fc.array(valueAs(schema.items as JsonSchema), { maxLength: 5 });
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "number") return fc.integer().map((hundredths) => hundredths / 100);
  if (schema.type === "integer")
    return fc.integer({
      ...(minimum !== undefined && { min: minimum }),
      ...(maximum !== undefined && { max: maximum }),
    });
  if (schema.type !== "string") throw new Error(`No value can be generated for ${JSON.stringify(schema)}.`);
  if (format === "uuid") return fc.uuid();
  if (format === "date")
    return fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
  if (format !== undefined) throw new Error(`No value can be generated for the format ${format}.`);
  const examples = (schema.examples as string[] | undefined) ?? [];
  const length = { minLength, maxLength: Math.min(maxLength, 200) };
  const texts =
    pattern === undefined
      ? fc.string({ unit: "grapheme", ...length })
      : fc
          .stringMatching(new RegExp(pattern), { size: "small" })
          .filter((text) => text.length >= minLength && text.length <= length.maxLength);
  return examples.length === 0 ? texts : fc.oneof(texts, fc.constantFrom(...examples));
}

function mapped<T>(values: Record<string, JsonSchema>, each: (schema: JsonSchema) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, schema]) => [name, each(schema)]));
}
