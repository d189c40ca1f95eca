import type { JsonSchema } from "#app/operation/json-schema.server.ts";
import { titleOf } from "#app/request/problem-json.server.ts";
import type { Answer, Media, OpenApi, Operation, Parameter } from "./open-api.ts";

export type Reference = {
  root: string;
  groups: { name: string; operations: ShownOperation[] }[];
  codes: { code: string; statuses: string[]; says: string | null }[];
  events: string[];
};

export type ShownOperation = {
  id: string;
  method: string;
  path: string;
  says: string;
  permission: string;
  takes: Taken[];
  /** The responses of success, and the refusals that are the operation's own. */
  answers: { status: string; says: string | null; codes: string[] }[];
  curl: string;
  example: string | null;
};

export type Taken = { name: string; place: string; form: string; isRequired: boolean; says: string | null };

export function referenceOf(document: OpenApi): Reference {
  const { paths, webhooks, tags, components, servers } = document;
  const root = servers[0]?.url ?? "";
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      return {
        tag: operation.tags[0],
        shown: shownOperation(document, { root, method: method.toUpperCase(), path, operation }),
      };
    }),
  );
  const groups = tags.flatMap(({ name }) => {
    const own = operations.filter(({ tag }) => tag === name).map(({ shown }) => shown);
    return own.length === 0 ? [] : [{ name, operations: own }];
  });
  return { root, groups, codes: codesIn(components.responses), events: Object.keys(webhooks) };
}

type Shown = { root: string; method: string; path: string; operation: Operation };

function shownOperation({ components }: OpenApi, { root, method, path, operation }: Shown): ShownOperation {
  const parameters = operation.parameters.map((each) => target<Parameter>(components.parameters, each));
  const content = Object.entries(operation.requestBody?.content ?? {});
  const fields = content.flatMap(([type, { schema }]) => {
    const { properties = {}, required = [] } = schema as ObjectForm;
    return Object.entries(properties).map(([name, property]) =>
      taken(name, {
        place: type === "application/json" ? "body" : "form",
        schema: property,
        isRequired: required.includes(name),
      }),
    );
  });
  const answers = Object.entries(operation.responses).flatMap(([status, each]): ShownOperation["answers"] => {
    if (!("$ref" in each)) return [{ status, says: each.description, codes: [] }];
    const own = codesOf(nameIn(each.$ref)).filter((code) => titleOf(code) === null);
    return own.length === 0 ? [] : [{ status, says: null, codes: own }];
  });
  const [answer] = Object.values(operation.responses);
  const json = answer !== undefined && "content" in answer ? answer.content?.["application/json"]?.example : undefined;
  return {
    id: operation.operationId,
    method,
    path,
    says: operation.summary,
    permission: operation["x-permission"],
    takes: [
      ...parameters.map(({ name, in: place, schema, required: isRequired, description }) =>
        taken(name, { place, schema: { ...schema, ...(description && { description }) }, isRequired }),
      ),
      ...fields,
      ...rawBody(content),
    ],
    answers,
    curl: curlOf({ root, method, path, operation }, parameters),
    example: json === undefined ? null : JSON.stringify(json, null, 2),
  };
}

type ObjectForm = { properties?: Record<string, JsonSchema>; required?: string[] };

function rawBody(content: [string, Media][]): Taken[] {
  const types = content.filter(([, { schema }]) => schema.contentMediaType !== undefined).map(([type]) => type);
  if (types.length === 0) return [];
  const says = "The file as the whole body, in place of the form.";
  return [{ name: types.join(", "), place: "body", form: "file", isRequired: false, says }];
}

function taken(
  name: string,
  { place, schema, isRequired }: { place: string; schema: JsonSchema; isRequired: boolean },
): Taken {
  return { name, place, form: formOf(schema), isRequired, says: schema.description ?? null };
}

/** In few words, as in `integer, 1 to 100, 20 if left out`. */
function formOf(schema: JsonSchema): string {
  const { type, format, enum: choices, anyOf, minimum, maximum, default: usual, contentMediaType } = schema;
  if (Array.isArray(choices)) return choices.join(" | ");
  if (Array.isArray(anyOf)) return anyOf.map(formOf).join(" or ");
  const range = minimum !== undefined && maximum !== undefined ? [`${minimum} to ${maximum}`] : [];
  const kind = contentMediaType === undefined ? String(format ?? [type].flat().join(" or ")) : "file";
  return [kind, ...range, ...(usual === undefined ? [] : [`${usual} if left out`])].join(", ");
}

function curlOf({ root, method, path, operation }: Shown, parameters: readonly Parameter[]): string {
  const at = path.replace(/\{(\w+)\}/g, (braces, name) =>
    String(parameters.find((each) => each.in === "path" && each.name === name)?.example ?? braces),
  );
  const { content = {} } = operation.requestBody ?? {};
  const json = content["application/json"];
  const [field] = Object.keys((content["multipart/form-data"]?.schema as ObjectForm | undefined)?.properties ?? {});
  const isFile =
    "content" in (operation.responses[200] ?? {}) && !JSON.stringify(operation.responses[200]).includes("json");
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}${root}${at}`,
    '-H "Authorization: Bearer $KEY"',
    ...(json === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(json.example)}'`]),
    ...(field === undefined ? [] : [`-F ${field}=@image.jpg`]),
    ...(isFile ? ["-o image"] : []),
  ].join(" \\\n  ");
}

function codesIn(responses: Record<string, Answer>): Reference["codes"] {
  const statuses = new Map<string, Set<string>>();
  for (const name of Object.keys(responses)) {
    for (const code of codesOf(name)) {
      statuses.set(code, (statuses.get(code) ?? new Set()).add(name.split(".")[0] ?? ""));
    }
  }
  return [...statuses].map(([code, found]) => {
    return { code, statuses: [...found].sort(), says: titleOf(code) };
  });
}

/** The name of a refusal is its status and its codes, with dots between them. */
function codesOf(name: string): string[] {
  return name.split(".").slice(1);
}

function target<T>(shared: Record<string, T>, each: T | { $ref: string }): T {
  return typeof each === "object" && each !== null && "$ref" in each ? (shared[nameIn(each.$ref)] as T) : (each as T);
}

function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
