import { withLocale } from "#app/i18n/locale.server.ts";
import { baseLocale } from "#app/i18n/locale.ts";
import { type ApiRow, showsOneThing, thingOf } from "#app/operation/api-row.server.ts";
import { conditionsOf, entityTag, isKnownTo } from "#app/operation/conditions.server.ts";
import type { ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import type { Problem } from "#app/ui/problem.ts";
import { leadToSignIn } from "./answers.server.ts";
import { type DoorArgs, guard, type Program, type RouteArgs } from "./call.server.ts";
import { PROBLEM_TYPE, problemAnswer, problemJson } from "./problem-json.server.ts";
import { runRead } from "./read.server.ts";
import { keepAnswer, type Repeat, repeatOf } from "./repeats.server.ts";
import { type Services, servicesContext } from "./services.server.ts";
import { runWrite } from "./write.server.ts";

export const API_ROOT = "/api/v1";

/** Opens the operations of a table to programs: JSON in, JSON or a file out. Every refusal is problem+json, in English. */
export function api(rows: readonly ApiRow[]) {
  async function door(args: RouteArgs): Promise<Response> {
    const services = args.context.get(servicesContext);
    const { pathname } = new URL(args.request.url);
    const found = rowsAt(rows, `/${pathname.split("/").slice(3).join("/")}`);
    const isOfPages = found?.rows[0]?.isOfPages ?? false;
    // Our own pages show the response to their reader, so it is in the reader's language.
    return withLocale(isOfPages ? services.locale : baseLocale, async () => {
      const opening = guard({ request: args.request, services }, () => opened(rows, found, args));
      const answer = await opening.catch((thrown: unknown) => inJson(thrown, services, isOfPages));
      return args.request.method === "HEAD" ? new Response(null, answer) : answer;
    });
  }
  return Object.assign(door, { rows });
}

async function opened(
  rows: readonly ApiRow[],
  found: Found | null,
  { request, context }: RouteArgs,
): Promise<Response> {
  const services = context.get(servicesContext);
  if (found === null) throw Response.json({ error: "not-found" } satisfies Problem, { status: 404 });
  const method = request.method === "HEAD" ? "GET" : request.method;
  const row = found.rows.find((each) => each.method === method);
  if (row === undefined) {
    const methods = found.rows.map((each) => (each.method === "GET" ? "GET, HEAD" : each.method));
    services.trace.headers.set("Allow", [...methods, "OPTIONS"].join(", "));
    if (method === "OPTIONS") return new Response(null, { status: 204 });
    throw Response.json({ error: "method-not-allowed" } satisfies Problem, { status: 405 });
  }
  if (row.isOfPages && services.bearer !== null) {
    throw Response.json({ error: "people-only" } satisfies Problem, { status: 403 });
  }
  const callName = request.headers.get("Idempotency-Key");
  const conditions = { asked: conditionsOf(request.headers), thing: thingOf(rows, row) };
  return serve(row, { request, params: found.params, context, program: { via: null, conditions }, callName });
}

type ApiCall = DoorArgs & { program: Omit<Program, "repeat">; callName: string | null };

/** Runs a row's operation. `request` must be at the row's own address. Rejects with a refusal for `inJson`. */
export async function serve(row: ApiRow, { callName, ...asked }: ApiCall): Promise<Response> {
  const { request, context, program } = asked;
  const services = context.get(servicesContext);
  const { operation } = row;
  if (operation.kind === "read") {
    const { conditions } = program;
    return runRead(operation as ReadOperation, asked, (answer, input) =>
      answered(row, answer, { request, input, conditions }),
    );
  }
  // A session cookie can only read here: our pages write through their forms.
  if (services.bearer === null) throw await leadToSignIn(request, services);
  const repeat = repeatOf(callName, {
    claim: services.newId(),
    replays: (standing) => answerAgain(row, standing, request),
  });
  if (repeat === "unreadable") throw Response.json({ error: "idempotency-key" } satisfies Problem, { status: 400 });
  const writing = runWrite(
    operation as unknown as WriteOperation,
    { ...asked, program: { ...program, repeat, file: row.file } },
    (done, input) => answered(row, done, { request, input }),
  ) as Promise<Response>;
  const answer = await writing.catch((thrown: unknown) => inJson(thrown, services));
  if (repeat?.keyId) {
    const kept = { status: answer.status, body: await answer.clone().text() };
    services.after((db) => keepAnswer(db, repeat, kept));
  }
  return answer;
}

function answerAgain(row: ApiRow, standing: Parameters<Repeat["replays"]>[0], request: Request): Response {
  const { status, body } =
    standing.outcome === "answered"
      ? standing
      : { status: row.status, body: row.answers === null ? "" : JSON.stringify({ id: standing.targetId }) };
  const headers = new Headers({ "Idempotency-Replayed": "true" });
  if (!body) return new Response(null, { status, headers });
  headers.set("Content-Type", status >= 400 ? PROBLEM_TYPE : "application/json");
  if (status === 201) headers.set("Location", locationOf(JSON.parse(body), request));
  return new Response(body, { status, headers });
}

/** Turns a refusal into problem+json. A page also gets all members that its error boundary uses. */
export async function inJson(thrown: unknown, { trace, bearer }: Services, isOfPages = false): Promise<Response> {
  if (!(thrown instanceof Response)) throw thrown;
  const found: Problem = await thrown.json();
  // RFC 6750, section 3.
  const challenge = bearer === null ? "Bearer" : 'Bearer error="invalid_token"';
  const headers = thrown.status === 401 ? { "WWW-Authenticate": challenge } : {};
  const json = problemJson(thrown.status, found, trace.requestId);
  return problemAnswer(isOfPages ? { ...found, ...json } : json, headers);
}

function locationOf({ id }: { id?: string }, { url }: Request): string {
  return `${new URL(url).pathname}/${id}`;
}

type Visit = { request: Request; input: unknown; conditions?: Program["conditions"] };

async function answered(row: ApiRow, found: unknown, { request, input, conditions }: Visit): Promise<Response> {
  const body = await row.gives(found, input);
  if (body instanceof Response) {
    // A missing file is refused as problem+json, like everything else.
    if (body.status >= 400 && body.body !== null) throw body;
    return body;
  }
  if (row.answers === null) return new Response(null, { status: row.status });
  const headers = headersOf(row, body, request);
  const isKnown = conditions !== undefined && showsOneThing(row) && isKnownTo(conditions.asked, headers.ETag ?? "");
  if (isKnown) return new Response(null, { status: 304, headers });
  return Response.json(body, { status: row.status, headers });
}

/** A program can reuse its copy while the tag holds. An edge that transforms the response would weaken the tag. */
const TAGGED = "private, no-cache, no-transform";

function headersOf(row: ApiRow, body: unknown, request: Request): Record<string, string> {
  const { next } = body as { next?: string | null };
  if (row.status === 201) return { Location: locationOf(body as { id: string }, request) };
  if (showsOneThing(row)) return { ETag: entityTag(body), "Cache-Control": TAGGED };
  if (typeof next !== "string") return {};
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", next);
  return { Link: `<${pathname}?${searchParams}>; rel="next"` };
}

type Found = { rows: ApiRow[]; params: Record<string, string> };

/** Finds the rows of a path, one per method. Null if there are none, or if a segment cannot be decoded. */
function rowsAt(rows: readonly ApiRow[], path: string): Found | null {
  const parts = path.split("/");
  const matching = rows.filter((row) => {
    const names = row.path.split("/");
    return names.length === parts.length && names.every((name, place) => name === parts[place] || isParameter(name));
  });
  // A literal segment takes precedence over a parameter.
  const [first] = matching.toSorted((one, other) => parametersIn(one.path) - parametersIn(other.path));
  if (first === undefined) return null;
  try {
    const names = first.path.split("/");
    const pairs = names.flatMap((name, place) =>
      isParameter(name) ? [[name.slice(1, -1), decodeURIComponent(parts[place] ?? "")] as const] : [],
    );
    return { rows: matching.filter(({ path }) => path === first.path), params: Object.fromEntries(pairs) };
  } catch {
    return null;
  }
}

function isParameter(part: string): boolean {
  return part.startsWith("{");
}

function parametersIn(path: string): number {
  return path.split("/").filter(isParameter).length;
}
