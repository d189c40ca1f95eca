import type { ReadOperation } from "#app/operation/operation.server.ts";
import { outOfReach } from "#app/operation/plan.ts";
import { type Permission, rolesWith } from "#app/tenancy/permissions.ts";
import type { Problem } from "#app/ui/problem.ts";
import { isForPrograms, problem, tooMany } from "./answers.server.ts";
import { findCaller } from "./authenticate.server.ts";
import { forbidden, requireGrant } from "./authorize.server.ts";
import { type Call, type DoorArgs, guard } from "./call.server.ts";
import type { Caller } from "./caller.server.ts";
import { bucketsOf, sayBuckets } from "./key-limits.server.ts";
import { accessQuestion, placeOf } from "./place.server.ts";
import { scopeOf } from "./scopes.server.ts";
import { servicesContext } from "./services.server.ts";
import type { Trace } from "./trace.server.ts";
import { parse, searchOf, unknownFields } from "./validate.server.ts";

/** Runs the four steps of a read, with one round trip to the database. `shape` turns the answer into what the door returns. */
export async function runRead<I, T, R>(
  operation: ReadOperation<I, T>,
  { request, params, context, program }: DoorArgs,
  shape: (found: T, input: I) => R | Promise<R>,
): Promise<R> {
  const { authenticate, authorize, execute, answer } = operation;
  const services = context.get(servicesContext);
  const call = { request, services, authenticate, authorize, program };
  const { trace, reader } = services;
  return guard(call, async () => {
    const { isPresumed } = services.presume();
    const { caller, input } = await callerAndInput(call, operation, params);
    let place = placeOf(call, { caller, input });
    const described = execute(scopeOf(call, place) as never, input);
    const question = accessQuestion(services, place);
    const buckets = bucketsOf(services, place, "reads");
    const rows = await trace.time("read", () => reader.run(question, [...described.statements, ...buckets.statements]));
    if (isPresumed) place = placeOf(call, { caller: await findCaller(call), input });
    const counted = rows.splice(rows.length - buckets.statements.length);
    const accessRow = question === null ? undefined : (rows.shift() as unknown[])[0];
    const grant = await trace.time("authorize", () => requireGrant(call, { place, row: accessRow }));
    const wait = sayBuckets(services, buckets.limits, counted);
    if (wait !== null) throw tooMany(request, services, wait);
    return trace.time("execute", async () => {
      const found = described.shape(rows);
      if (found === outOfReach) throw forbidden(call, rolesWith(authorize as Permission, "any"));
      if (found === null) throw problem(request, 404, missing(trace));
      const answered = answer === undefined ? (found as T) : await answer(found as never, grant as never, input);
      return shape(answered, input);
    });
  });
}

/** Authenticates and validates. Rejects with 401 before 400, so that nobody without a session learns what is valid. */
async function callerAndInput<I>(
  call: Call,
  { validate, headers }: ReadOperation<I, unknown>,
  params: Record<string, unknown>,
): Promise<{ caller: Caller | null; input: I }> {
  const { request, services, program } = call;
  const { isPresumed } = services.presume();
  let caller = await findCaller(call, { presumes: true });
  const asked = program?.fields ?? searchOf(new URL(request.url));
  const unknown = isForPrograms(request) ? unknownFields(validate, asked, params) : [];
  const sent = { ...asked, ...params, ...headersOf(request, headers) };
  const check = () => services.trace.time("validate", () => parse(validate, sent, params));
  let input = await check();
  // A refusal needs to know the caller, since it is in their language.
  if (isPresumed && (unknown.length > 0 || !input.ok)) {
    caller = await findCaller(call);
    input = await check();
  }
  if (unknown.length > 0) throw problem(request, 400, { error: "invalid", fields: {}, issues: unknown });
  if (input.ok) return { caller, input: input.value };
  const { status, fields, issues } = input;
  if (status === 404) throw problem(request, 404, { error: "not-found" });
  throw problem(request, status, { error: "invalid", fields, ...(program && { issues }) });
}

function missing({ gone }: Trace): Problem {
  return gone === null ? { error: "not-found" } : { error: "invalid", code: "refused", fields: gone };
}

function headersOf({ headers, method }: Request, names: readonly string[] | undefined) {
  if (names === undefined) return {};
  // Range has a meaning for GET only (RFC 9110, section 14.2).
  const asked = method === "HEAD" ? names.filter((name) => name !== "range") : names;
  const sent = asked.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { headers: Object.fromEntries(sent) };
}
