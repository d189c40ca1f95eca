import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { expect, inject, test } from "vitest";
import type { JsonSchema } from "#app/operation/json-schema.server.ts";
import { loader as api } from "#app/routes/api/v1.ts";
import { permissions } from "#app/tenancy/permissions.ts";
import { type AnyRequest, anyRequest } from "#app/test/any-request.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { furnish } from "#app/test/furnish.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { aPicture } from "#app/test/pictures.ts";
import { type Answered, ask } from "#app/test/requests.ts";
import type { Answer, OpenApi, Operation, Parameter } from "./open-api.ts";

declare module "vitest" {
  interface ProvidedContext {
    anyRequests: { count: number; seed: number };
  }
}

const { body } = await ask(api as never, { url: "/api/v1/openapi.json" });
const document = body as OpenApi;
const operations = new Map(
  Object.values(document.paths)
    .flatMap(Object.values)
    .map((each: Operation) => [each.operationId, each]),
);
const db = testDatabase();

/** The number of requests before things are made again: about half of them are gone by then. */
const ROUND = 40;

test("no random request from the document causes a fault, and every response is as documented", {
  timeout: 3_600_000,
}, async () => {
  const { count, seed } = inject("anyRequests");
  const answered = new Map<number, number>();
  for (let asked = 0; asked < count; asked += ROUND) {
    const place = await aPlace();
    await fc.assert(
      fc.asyncProperty(anyRequest(document, place.known), async (request) => {
        const answer = await send(request, place);
        answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
        expect(faultsOf(request, answer)).toEqual([]);
      }),
      { numRuns: Math.min(ROUND, count - asked), seed: seed + asked },
    );
  }
  // Otherwise the requests would be too random to prove much.
  const isFine = (status: number) => status < 300 || status === 304 || status === 412;
  const fine = [...answered].filter(([status]) => isFine(status)).reduce((sum, [, times]) => sum + times, 0);
  expect(fine / count).toBeGreaterThan(0.25);
});

type Place = { known: Record<string, string>; secret: string };

async function aPlace(): Promise<Place> {
  const { team, key } = await aKeyedTeam(db, Object.keys(permissions));
  const { id: invitation } = await anInvitation(db, { organization: team.organization });
  const things = await furnish(db, { organizationId: team.organization.id, userId: team.owner.person.id });
  const known: Record<string, string> = { ...things, organization: team.organization.slug, "If-Match": "*" };
  const place: Place = { known: { ...known, member: team.plain.member, invitation }, secret: key.secret };
  // Things with a file are made through the API itself, with the file.
  for (const { method, template, id } of operationsWithFiles()) {
    const [name = ""] = Object.keys(document.paths).flatMap((path) => nameOfOne(path, template));
    const asked = { id, method, template, path: known, query: {}, headers: {}, body: { kind: "raw" as const } };
    place.known[name] = ((await send(asked, place)).body as { id: string }).id;
  }
  return place;
}

function operationsWithFiles() {
  return Object.entries(document.paths).flatMap(([template, { post }]) =>
    post?.requestBody?.content["application/octet-stream"] ? [{ method: "POST", template, id: post.operationId }] : [],
  );
}

function nameOfOne(path: string, list: string): string[] {
  const [, name] = path.startsWith(list) ? (/^\/\{(\w+)\}$/.exec(path.slice(list.length)) ?? []) : [];
  return name === undefined ? [] : [name];
}

async function send(
  { method, template, path, query, headers, body }: AnyRequest,
  { secret }: Place,
): Promise<Answered> {
  const at = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(asSent.path(path[name])));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, asSent.query(value)]));
  const sent = Object.entries(headers).map(([name, value]) => [name, asSent.header(value)] as const);
  const type = body.kind === "text" ? { "Content-Type": body.type } : {};
  const form = new FormData();
  if (body.kind === "form") form.set(body.field, aPicture());
  return ask(api as never, {
    url: `/api/v1${at}?${search}`,
    method,
    headers: { Authorization: `Bearer ${secret}`, ...Object.fromEntries(sent), ...type },
    ...(body.kind === "json" && { json: body.value }),
    ...(body.kind === "text" && { text: body.text }),
    ...(body.kind === "form" && { form }),
    ...(body.kind === "raw" && { file: aPicture() }),
  });
}

/** Values as text that fits their place. A dot alone would lead to another path, and a header loses the spaces around it. */
const asSent = {
  path: (value: unknown) => asText(value).replace(/^\.{1,2}$/, "-"),
  query: asText,
  header: (value: unknown) =>
    asText(value)
      .replace(/[^\x20-\x7e]/g, "~")
      .trim(),
};

function asText(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();
}

function faultsOf(request: AnyRequest, { status, body, headers }: Answered): string[] {
  const operation = operations.get(request.id) as Operation;
  const found = operation.responses[status];
  if (found === undefined) return [`${operation.operationId} does not document ${status}`];
  const answer =
    "$ref" in found ? (document.components.responses[found.$ref.split("/").at(-1) ?? ""] as Answer) : found;
  const [[type, media] = []] = Object.entries(answer.content ?? {});
  const sent = headers.get("Content-Type");
  const isSaid = type === undefined ? sent === null : type === "*/*" || sent === type;
  const faults = isSaid ? [] : [`${sent} instead of ${type}`];
  if (media !== undefined && type?.includes("json")) faults.push(...wrongIn(media.schema, body));
  if (status < 400 && !isAsSaid(request)) faults.push(`${status} for input that does not match the document`);
  return faults;
}

function isAsSaid({ id, path, query, headers, body }: AnyRequest): boolean {
  const operation = operations.get(id) as Operation;
  const values = { path, query, header: headers };
  const fine = parametersOf(operation).every(({ in: place, name, schema }) => {
    return !(name in values[place]) || wrongIn(schema, ofText(schema, asSent[place](values[place][name]))).length === 0;
  });
  const { required = false, content } = operation.requestBody ?? {};
  const schema = content?.["application/json"]?.schema;
  const isLeftOut = !required && (body.kind === "none" || (body.kind === "text" && body.text === ""));
  const isFine =
    schema === undefined || isLeftOut || (body.kind === "json" && wrongIn(schema, body.value).length === 0);
  return fine && isFine;
}

function parametersOf({ parameters }: Operation): Parameter[] {
  return parameters.map((each) => {
    return "$ref" in each ? (document.components.parameters[each.$ref.split("/").at(-1) ?? ""] as Parameter) : each;
  });
}

/** A value in a URL is text, even where a number is meant. */
function ofText({ type }: JsonSchema, text: string): unknown {
  return type !== "string" && /^-?\d+$/.test(text) ? Number(text) : text;
}

const validators = new Map<JsonSchema, Validator>();

function wrongIn(schema: JsonSchema, value: unknown): string[] {
  const validator =
    validators.get(schema) ?? new Validator({ ...schema, components: document.components } as object, "2020-12", false);
  validators.set(schema, validator);
  return validator.validate(value).errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
}
