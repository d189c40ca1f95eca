import { type ApiRow, showsOneThing, thingOf } from "#app/operation/api-row.server.ts";
import { answerSchemaOf, inputSchemaOf, type JsonSchema } from "#app/operation/json-schema.server.ts";
import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { API_ROOT } from "#app/request/api-door.server.ts";
import { HEADERS, PARAMETERS, PROBLEM, SECURITY, shared, sharedHeader } from "./components.ts";
import { eventSchema, eventWebhook } from "./events.server.ts";
import { exampleOf } from "./examples.ts";
import type { Answer, Media, OpenApi, Operation, Parameter } from "./open-api.ts";
import { codesOf, refusalAnswer } from "./refusals.server.ts";

type Making = {
  appUrl: string;
  limits: { reads: number; writes: number };
  /** The types of events that endpoints can get. */
  events: readonly string[];
};

type Components = Pick<OpenApi["components"], "responses" | "schemas">;

/** The OpenAPI document of a table of operations. Every line of it comes from a row or a schema. */
export function openApiOf(rows: readonly ApiRow[], { appUrl, limits, events }: Making): OpenApi {
  const components: Components = { responses: {}, schemas: { Problem: PROBLEM, Event: eventSchema() } };
  const paths: OpenApi["paths"] = {};
  for (const row of rows) {
    paths[row.path] = {
      ...paths[row.path],
      [row.method.toLowerCase()]: operationOf(row, thingOf(rows, row), components),
    };
  }
  const webhooks = Object.fromEntries(events.map((type) => [type, { post: eventWebhook(type) }]));
  const used = JSON.stringify([paths, webhooks, components]);
  const usedOf = <T>(kind: string, all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => used.includes(`"#/components/${kind}/${name}"`)));
  return {
    openapi: "3.1.1",
    info: {
      title: `${PRODUCT_NAME} API`,
      version: "1.0.0",
      description: [
        `Read and change an organization's data from your own programs. Each API key belongs to one organization.`,
        `A key can make ${limits.reads} reads and ${limits.writes} writes per minute.`,
        `The API reference for people: ${appUrl}/developers`,
      ].join(" "),
      license: { name: "MIT", identifier: "MIT" },
      contact: { name: PRODUCT_NAME, url: appUrl },
    },
    servers: [{ url: appUrl + API_ROOT }],
    security: [{ key: [] }],
    tags: [...tagsOf(rows), { name: "events", description: "The events sent to an organization's webhooks." }],
    paths,
    webhooks,
    components: {
      securitySchemes: SECURITY,
      parameters: usedOf("parameters", PARAMETERS),
      headers: usedOf("headers", HEADERS),
      ...components,
    },
  };
}

function tagsOf(rows: readonly ApiRow[]): OpenApi["tags"] {
  const names = [...new Set(rows.map(tagOf))];
  return names.map((name) => {
    const needed = new Set(rows.filter((row) => tagOf(row) === name).map(({ operation }) => operation.authorize));
    return { name, description: `Requires ${[...needed].map((permission) => `\`${permission}\``).join(", ")}.` };
  });
}

function tagOf({ id }: ApiRow): string {
  return id.split(".")[0] ?? id;
}

/** `thing` is the row that shows what this one is about. */
function operationOf(row: ApiRow, thing: ApiRow | null, components: Components): Operation {
  const { id, says, operation } = row;
  const { properties, required } = inputSchemaOf(row);
  const inPath = Array.from(row.path.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
  const others = Object.entries(properties).filter(([name]) => !inPath.includes(name));
  const isRead = operation.kind === "read";
  const headers = isRead ? (operation.headers ?? []) : [];
  const takesFile = others.some(([, schema]) => holdsFile(schema));
  const requestBody = isRead || others.length === 0 ? undefined : bodyOf(row, Object.fromEntries(others), required);
  const isTagged = isRead ? showsOneThing(row) : thing !== null;
  // A write without a thing, such as one that creates, has no version that a condition could name: it fails any but `*`.
  const hasConditions = !isRead || isTagged || headers.includes("if-match");
  const refusals = Object.entries(codesOf(row, { takesFile, hasConditions })).map(([status, codes]) => {
    const name = `${status}.${codes.join(".")}`;
    components.responses[name] ??= refusalAnswer(Number(status), codes);
    return [status, { $ref: `#/components/responses/${name}` }] as const;
  });
  return {
    operationId: id,
    summary: says.replace(/\.$/, ""),
    description: `Requires the permission \`${operation.authorize}\`.`,
    tags: [tagOf(row)],
    "x-permission": operation.authorize,
    parameters: [
      ...inPath.map((name) => parameter("path", name, { schema: properties[name] ?? {}, required: true })),
      ...(isRead ? others : []).map(([name, schema]) =>
        parameter("query", name, { schema, required: required.includes(name) }),
      ),
      ...headers.map((name) => parameter("header", headerName(name), { schema: { type: "string" }, required: false })),
      ...(isTagged ? [shared("parameters", isRead ? "IfNoneMatch" : "IfMatch")] : []),
      ...(row.file !== undefined && row.status === 201 ? [shared("parameters", "ContentDisposition")] : []),
      ...(isRead ? [] : [shared("parameters", "IdempotencyKey")]),
    ],
    ...(requestBody && { requestBody }),
    responses: { ...answersOf(row, headers, components), ...Object.fromEntries(refusals) },
  };
}

function headerName(name: string): string {
  return name.replace(/(^|-)\w/g, (first) => first.toUpperCase());
}

function parameter(
  place: Parameter["in"],
  name: string,
  { schema: { description, ...schema }, required }: { schema: JsonSchema; required: boolean },
): Parameter {
  const example = place === "path" ? { example: exampleOf(schema, {}, name) } : {};
  return { name, in: place, required, ...(description && { description }), schema, ...example };
}

/** Also true if the file can be left out. */
function holdsFile({ contentMediaType, anyOf }: JsonSchema): boolean {
  return contentMediaType !== undefined || (Array.isArray(anyOf) && anyOf.some(holdsFile));
}

/** The media types that a file can have as the whole body. */
const RAW_TYPES = [...IMAGE_TYPES, "application/octet-stream"];

function bodyOf(
  { file }: ApiRow,
  properties: Record<string, JsonSchema>,
  required: readonly string[],
): Operation["requestBody"] {
  const needed = required.filter((name) => name in properties);
  const schema = {
    type: "object",
    properties,
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
  const raw = file === undefined ? undefined : properties[file];
  const files = Object.keys(properties).filter((name) => holdsFile(properties[name] ?? {}));
  // JSON cannot contain a file, so the field of an optional file is left out.
  const others = Object.entries(properties).filter(([name]) => !files.includes(name));
  const plain = { ...schema, properties: Object.fromEntries(others) };
  const isForm = files.some((name) => needed.includes(name));
  const content: Record<string, Media> = raw
    ? { "multipart/form-data": { schema }, ...Object.fromEntries(RAW_TYPES.map((type) => [type, { schema: raw }])) }
    : {
        ...(files.length > 0 && { "multipart/form-data": { schema } }),
        ...(!isForm && { "application/json": { schema: plain, example: exampleOf(plain, {}) } }),
      };
  return { required: needed.length > 0, content };
}

function answersOf(row: ApiRow, asked: readonly string[], components: Components): Record<string, Answer> {
  const headers = sharedHeader("RateLimit", "RateLimit-Policy", "X-Request-Id");
  if (row.status === 204) {
    return { 204: { description: "Success.", headers: { ...headers, ...sharedHeader("Idempotency-Replayed") } } };
  }
  const schema = answerSchemaOf(row);
  if (schema === null) return fileAnswers(headers, asked);
  const { $defs = {}, ...root } = schema;
  const id = row.answers?.meta()?.id;
  const schemas = { ...$defs, ...(id !== undefined && { [id]: root }) };
  for (const [name, each] of Object.entries(schemas)) addSchema(components, { name, schema: hoisted(each) });
  const said = id === undefined ? hoisted(root) : shared("schemas", id);
  const content = { "application/json": { schema: said, example: exampleOf(said, components.schemas) } };
  if (row.status === 201) {
    const more = sharedHeader("Location", "Idempotency-Replayed");
    return { 201: { description: "Created.", headers: { ...headers, ...more }, content } };
  }
  if (!showsOneThing(row)) {
    return { 200: { description: "Success.", headers: { ...headers, ...sharedHeader("Link") }, content } };
  }
  const tagged = { ...headers, ...sharedHeader("ETag") };
  return {
    200: { description: "Success.", headers: tagged, content },
    304: { description: "Not changed.", headers: tagged },
  };
}

/** Throws if another schema has the same name, which would otherwise be replaced silently. */
function addSchema({ schemas }: Components, { name, schema }: { name: string; schema: JsonSchema }): void {
  const known = schemas[name];
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
    throw new Error(`The API has two schemas called "${name}": give one of them another id in .meta({ id })`);
  }
  schemas[name] = schema;
}

function fileAnswers(headers: Answer["headers"], asked: readonly string[]): Record<string, Answer> {
  const content = { "*/*": { schema: { type: "string", contentMediaType: "application/octet-stream" } } };
  return {
    200: { description: "The file.", headers: { ...headers, ...sharedHeader("ETag") }, content },
    ...(asked.includes("range") && {
      206: {
        description: "The requested part of the file.",
        headers: { ...headers, ...sharedHeader("ETag") },
        content,
      },
      416: { description: "The requested range is outside the file." },
    }),
    ...(asked.includes("if-none-match") && { 304: { description: "Not changed." } }),
  };
}

/** Zod puts shared schemas into `$defs` of a schema; in the document they are components. */
function hoisted(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
