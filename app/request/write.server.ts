import type { z } from "zod";
import { ChangedMeanwhile } from "#app/operation/meanwhile.server.ts";
import type { Refusal, WriteOperation } from "#app/operation/operation.server.ts";
import { outageOf, RETRY_AFTER_SECONDS } from "#app/outside/outage.ts";
import { CONFIRMED } from "#app/ui/line/confirmed.ts";
import { SEEN_BY } from "#app/ui/line/seen-by.ts";
import { AS_SHOWN } from "#app/ui/shown-fields.ts";
import { problem } from "./answers.server.ts";
import { findCaller, isOfAnother, isProven, isStale } from "./authenticate.server.ts";
import { requireGrant } from "./authorize.server.ts";
import { dropBody, parseBody } from "./body/body.server.ts";
import type { ParsedBody, Unparsed } from "./body/parsed-body.server.ts";
import { type Call, type DoorArgs, guard } from "./call.server.ts";
import type { Caller } from "./caller.server.ts";
import { firstTrip } from "./first-trip.server.ts";
import {
  again,
  anothers,
  changedMeanwhile,
  confirmAgain,
  isSignedOutForm,
  stoppedBy,
  type Typed,
  tooOften,
  unasked,
  unread,
} from "./form-again.server.ts";
import { placeOf } from "./place.server.ts";
import { answerOfBefore } from "./repeats.server.ts";
import { servicesContext } from "./services.server.ts";
import { parse, searchOf, unknownFields } from "./validate.server.ts";

type Manner = { isStaying: boolean };

type Answer<I, D> = (done: D, input: I, manner: Manner) => unknown;

/** Runs the four steps of a write, with one round trip before the change. `answer` turns the result into the door's response. */
export async function runWrite<I, D>(
  operation: WriteOperation<I, D>,
  { request, params, context, program }: DoorArgs,
  answer: Answer<I, D>,
): Promise<unknown> {
  const { validate, authenticate, authorize, filesUpTo } = operation;
  const services = context.get(servicesContext);
  const call = { request, services, authenticate, authorize, program };
  const { trace } = services;
  trace.isOfForm = true;
  return guard(call, async () => {
    await requirePost(call);
    const found = await callerOrStopped(call);
    const isSignedOut = "stopped" in found && !isOutage(found.stopped);
    const body = await bodyOf(call, isSignedOut ? undefined : filesUpTo);
    if (!body.ok && isSignedOut) throw found.stopped;
    if (!body.ok) return unread(call, body);
    const typed = { ...body.fields, ...(body.asShown !== undefined && { [AS_SHOWN]: body.asShown }) };
    try {
      if ("stopped" in found) throw found.stopped;
      const { caller } = found;
      if (caller?.kind === "person" && isOfAnother(body.seenBy, caller.viewer)) return anothers(call, caller.viewer);
      const input = await trace.time("validate", () => checked(call, validate, { body, params }));
      if (!input.ok) return again(call, input.status, typed, input);
      trace.account ??= addressIn(input.value);
      const sent = { caller, input: input.value, body, params, typed };
      return await onceMoreIfChanged(call, body, () => authorizeAndExecute(call, operation, sent, answer));
    } catch (error) {
      const sent = { ...typed, [SEEN_BY]: body.seenBy, ...(body.isConfirmed && { [CONFIRMED]: "yes" }) };
      return stoppedBy(call, error, sent);
    } finally {
      await body.file?.discard();
    }
  });
}

/** After an outage, and for a form without scripts whose session has ended, the body is still read, so that it can be sent again. */
async function callerOrStopped(call: Call): Promise<{ caller: Caller | null } | { stopped: unknown }> {
  try {
    return { caller: await findCaller(call) };
  } catch (error) {
    if (isOutage(error) || isSignedOutForm(call)) return { stopped: error };
    await dropBody(call.request);
    throw error;
  }
}

/**
 * If another change came between the two trips, the steps run again: the form then shows or equals the current values. A program
 * decides itself, and a file can only be read once.
 */
async function onceMoreIfChanged<T>({ program }: Call, { file, buffered }: Body, steps: () => Promise<T>): Promise<T> {
  const isRepeatable = program === undefined && file === null && buffered === undefined;
  return steps().catch((error: unknown) => {
    if (isRepeatable && error instanceof ChangedMeanwhile) return steps();
    throw error;
  });
}

const isOutage = (error: unknown) => outageOf(error) !== null;

type Sent<I> = { caller: Caller | null; input: I; body: Body; params: Record<string, unknown>; typed: Typed };

async function authorizeAndExecute<I, D>(
  call: Call,
  operation: WriteOperation<I, D>,
  { caller, input, body, params, typed }: Sent<I>,
  answer: Answer<I, D>,
): Promise<unknown> {
  const { services } = call;
  const { trace } = services;
  const { execute } = operation;
  // A program has no page that asks. An agent asks before it calls a tool with `destructiveHint`.
  const asksFirst = operation.asksFirst === true && call.program === undefined;
  const { file, isConfirmed } = body;
  const place = placeOf(call, { caller, input });
  const { accessRow, ownWait, keysWait, named, precondition } = await trace.time("authorize", () =>
    firstTrip(call, { place, operation, input, body, params }),
  );
  if (isStale(call, accessRow)) return confirmAgain(call, typed);
  const { unchanged, otherwise } = precondition;
  const grant = await requireGrant({ ...call, isConfirmed, unchanged }, { place, row: accessRow });
  const before = await answerOfBefore(call, named, file);
  if (before !== null) return before;
  const wait = keysWait() ?? ownWait;
  if (wait !== null) return tooOften(call, wait, typed);
  const other = await otherwise(grant);
  if (other !== null) return changedMeanwhile(call, typed, other);
  if (asksFirst && !isConfirmed) return unasked(call, typed);
  const result = await trace.time("execute", () => execute(grant as never, input));
  if (!isFailed(result)) return await answer(result as D, input, { isStaying: typed.stay === "yes" });
  if (result.reason !== "stale") return refusedAs(call, operation, { ...result, input, typed });
  return isConfirmed || !isProven(services, accessRow) ? confirmAgain(call, typed) : unasked(call, typed);
}

async function requirePost({ request, services, program }: Call): Promise<void> {
  // At a door for programs, the method has already selected the operation.
  if (request.method === "POST" || program !== undefined) return;
  await dropBody(request);
  services.trace.headers.set("Allow", "POST");
  throw problem(request, 405, { error: "method-not-allowed" });
}

type Body = Extract<ParsedBody, { ok: true }> & { seenBy?: unknown; asShown?: unknown; isConfirmed: boolean };

/** A form also sends who saw it, what it was filled with, and whether its question was confirmed. */
async function bodyOf({ request, program }: Call, filesUpTo?: number): Promise<Body | Unparsed> {
  if (program?.fields !== undefined) return { ok: true, fields: program.fields, file: null, isConfirmed: false };
  const body = await parseBody(request, { fileField: program?.file, filesUpTo });
  if (!body.ok) return body;
  if (program !== undefined) return { ...body, isConfirmed: false };
  const { [SEEN_BY]: seenBy, [AS_SHOWN]: asShown, [CONFIRMED]: confirmed, ...fields } = body.fields;
  return { ...body, fields, seenBy, asShown, isConfirmed: confirmed === "yes" };
}

type Raw = { body: Body; params: Record<string, unknown> };

/** The output of the schema, or what is wrong with the input. Rejects with 404 for an invalid path parameter. */
async function checked<S extends z.ZodType>({ request, program }: Call, validate: S, { body, params }: Raw) {
  const files = [...(body.buffered ?? []), ...(body.file ? [body.file] : [])].map((each) => [each.field, each]);
  const sent = { ...body.fields, ...Object.fromEntries(files) };
  const search = searchOf(new URL(request.url));
  const unknown =
    program === undefined ? [] : [...unknownFields(validate, sent, params), ...unknownFields(null, search, params)];
  if (unknown.length > 0) return { ok: false, status: 400, fields: {}, issues: unknown } as const;
  const input = await parse(validate, { ...sent, ...params }, params);
  if (!input.ok && input.status === 404) throw problem(request, 404, { error: "not-found" });
  return input;
}

type Refused<I> = { reason: string; input: I; typed: Typed };

/** A refusal that the verb returned, in the words of its operation. */
function refusedAs<I>(call: Call, { refused }: WriteOperation<I>, { reason, input, typed }: Refused<I>) {
  const { services } = call;
  const { trace } = services;
  const { status, retryAfter, field = "", message } = refused[reason] as Refusal<I>;
  const seconds = retryAfter ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  if (seconds !== undefined) trace.headers.set("Retry-After", String(seconds));
  if ([401, 403, 429].includes(status)) trace.refusal = reason;
  return again(call, status, typed, { fields: { [field]: [message(input, services)] }, code: reason });
}

function addressIn(input: unknown): string | null {
  const email = typeof input === "object" && input !== null && "email" in input ? input.email : null;
  return typeof email === "string" ? email : null;
}

function isFailed(result: { ok: boolean }): result is { ok: false; reason: string } {
  return !result.ok;
}
