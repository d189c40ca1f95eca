import { sql } from "drizzle-orm";
import { type ActionFunctionArgs, data } from "react-router";
import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { UnreadableBody } from "#app/bytes/byte-reader.server.ts";
import { runBatch } from "#app/db/batch.server.ts";
import type { namedWrite } from "#app/db/schema/repeats.ts";
import { m } from "#app/i18n/messages.ts";
import { ChangedMeanwhile, RightLost } from "#app/operation/inside.server.ts";
import { countAttempt, secondsToWait } from "#app/operation/limits.server.ts";
import type { Refusal, WriteOperation } from "#app/operation/operation.server.ts";
import { outageOf, RETRY_AFTER_SECONDS } from "#app/outside/outage.ts";
import { CONFIRMED } from "#app/ui/line/confirmed.ts";
import { SEEN_BY } from "#app/ui/line/seen-by.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { confirmHref, isDataRequest, isNavigation, noteOutage, problem } from "./answers.server.ts";
import { findCaller, isOfAnother, isProven, isStale } from "./authenticate.server.ts";
import { requireGrant } from "./authorize.server.ts";
import { dropBody, parseBody } from "./body/body.server.ts";
import type { ParsedBody } from "./body/parsed-body.server.ts";
import { keyOf } from "./key-access.server.ts";
import { bucketsOf, sayBuckets } from "./key-limits.server.ts";
import { guard, type Machines, type Passage } from "./passage.server.ts";
import { accessQuestion, placeOf, reachedBy } from "./place.server.ts";
import { claimStatements, fingerprintOf, isSameFile, standingOf } from "./repeats.server.ts";
import { seenBy as seenThing } from "./seen.server.ts";
import { servicesContext } from "./services.server.ts";
import { formAgain, type Issue, parse, typedOf, unknownFields } from "./validate.server.ts";
import { waitWords } from "./wait-words.ts";

export type Manner = { isStaying: boolean };

type Asked = Pick<ActionFunctionArgs, "request" | "context"> & {
  params: Record<string, unknown>;
  machines?: Machines;
};

export async function runWrite<I, D>(
  operation: WriteOperation<I, D>,
  { request, params, context, machines }: Asked,
  answer: (done: D, input: I, manner: Manner) => unknown,
): Promise<unknown> {
  const { validate, authenticate, authorize, asksFirst = false, filesUpTo, limit, execute, refused } = operation;
  const services = context.get(servicesContext);
  const passage = { request, services, authenticate, authorize, machines };
  const { trace, db, now, ipAddress, deviceHash } = services;
  trace.isOfForm = true;
  return guard(passage, async () => {
    // A door for machines has found its operation by the method.
    if (request.method !== "POST" && machines === undefined) {
      await dropBody(request);
      trace.headers.set("Allow", "POST");
      throw problem(request, 405, { error: "method-not-allowed" });
    }
    const [asked] = await Promise.allSettled([findCaller(passage)]);
    // What was typed is kept when the session could not be looked up, so it is read then too.
    if (asked.status === "rejected" && outageOf(asked.reason) === null) {
      await dropBody(request);
      throw asked.reason;
    }
    const sent = await bodyOf(request, machines, filesUpTo);
    const { seenBy, isConfirmed, ...body } = machines === undefined ? apart(sent) : { ...sent, isConfirmed: false };
    if (!body.ok)
      return again(passage, body.status, {}, { fields: { "": [wordsFor(body.reason)] }, code: body.reason });
    try {
      if (asked.status === "rejected") throw asked.reason;
      const caller = asked.value;
      if (caller?.kind === "person" && isOfAnother(seenBy, caller.viewer)) return anothers(passage, caller.viewer);
      const unknown = machines === undefined ? [] : unknownFields(validate, inputOf(body, {}), params);
      if (unknown.length > 0) return again(passage, 400, body.fields, { fields: {}, issues: unknown });
      const input = await trace.time("validate", () => parse(validate, inputOf(body, params), params));
      if (!input.ok) {
        if (input.status === 404) throw problem(request, 404, { error: "not-found" });
        return again(passage, input.status, body.fields, input);
      }
      trace.account ??= addressIn(input.value);
      const place = placeOf(passage, { caller, input: input.value });
      const question = accessQuestion(services, place);
      const reached = reachedBy(place);
      const userId = caller?.kind === "person" ? caller.viewer.userId : null;
      const keyId = place.kind === "key" ? keyOf(place.asked) : null;
      const asking = { ipAddress, deviceHash, userId, keyId, organizationId: reached };
      const limits = typeof limit === "function" ? limit(input.value, asking) : [];
      const attempts = limits.map((each) =>
        countAttempt(db, each, { now, when: sql`${reached} is not null and ${each.when ?? sql`true`}` }),
      );
      const buckets = bucketsOf(services, place, "writes");
      const repeat = machines?.repeat ?? null;
      const fingerprint = repeat === null ? "" : fingerprintOf(request, body);
      const claims =
        repeat === null || place.kind !== "key"
          ? []
          : claimStatements(db, { asked: place.asked, reached, repeat, fingerprint });
      const seen = await seenThing(passage, place, params);
      const rows = await trace.time("authorize", () =>
        runBatch(db, [
          ...(question ? [question.statement] : []),
          ...attempts,
          ...buckets.statements,
          ...claims,
          ...seen.statements,
        ]),
      );
      const seenRows = rows.splice(rows.length - seen.statements.length);
      const accessRow = question === null ? undefined : (rows.shift() as unknown[])[0];
      if (isStale(passage, accessRow)) return confirmAgain(passage, body.fields);
      const grant = await requireGrant(
        { ...passage, isConfirmed, unchanged: seen.unchanged(seenRows) },
        { place, row: accessRow },
      );
      const [claimed] = claims.length === 0 ? [] : (rows.splice(-2)[1] as (typeof namedWrite.$inferSelect)[]);
      if (repeat !== null && claimed !== undefined) {
        const standing = standingOf(claimed, repeat, fingerprint);
        if (standing.outcome === "answered" || standing.outcome === "made") {
          if (await isSameFile(claimed, body.file)) return repeat.replays(standing);
          throw problem(request, 422, { error: "idempotency-mismatch" });
        }
        if (standing.outcome === "running") throw problem(request, 409, { error: "idempotency-running" });
        if (standing.outcome === "another-body") throw problem(request, 422, { error: "idempotency-mismatch" });
        repeat.keyId = claimed.keyId;
        if (body.file !== null) repeat.fileDigest = body.file.watch();
      }
      const counted = rows.splice(limits.length);
      const own = secondsToWait(
        limits,
        rows.map((row) => (row as { count: number; resetAt: Date }[])[0]),
        now,
      );
      const wait = sayBuckets(services, buckets.limits, counted) ?? own;
      if (wait !== null) {
        trace.headers.set("Retry-After", String(wait));
        trace.refusal = "limit";
        return again(passage, 429, body.fields, { fields: { "": [waitWords(wait)] }, code: "limit", retryAfter: wait });
      }
      if (!(await seen.isAsAsked(seenRows, grant))) throw problem(request, 412, { error: "precondition-failed" });
      const unasked = () =>
        again(passage, 409, body.fields, { fields: { "": [m.refusals_ask_first()] }, code: "ask-first" });
      if (asksFirst && !isConfirmed) return unasked();
      const result = await trace.time("execute", () => execute(grant as never, input.value));
      if (isFailed(result)) {
        if (result.reason === "stale") {
          return isConfirmed || !isProven(services, accessRow) ? confirmAgain(passage, body.fields) : unasked();
        }
        const refusal = refused[result.reason] as Refusal<I>;
        if (refusal.status === 503) trace.headers.set("Retry-After", String(RETRY_AFTER_SECONDS));
        if ([401, 403, 429].includes(refusal.status)) trace.refusal = result.reason;
        if (refusal.retryAfter !== undefined) trace.headers.set("Retry-After", String(refusal.retryAfter));
        return again(passage, refusal.status, body.fields, {
          fields: { [refusal.field ?? ""]: [refusal.message(input.value, services)] },
          code: result.reason,
        });
      }
      return await answer(result as D, input.value, { isStaying: body.fields.stay === "yes" });
    } catch (error) {
      if (error instanceof UnreadableBody)
        return again(passage, 400, body.fields, { fields: { "": [m.refusals_body_unreadable()] }, code: "unreadable" });
      if (error instanceof ChangedMeanwhile) throw problem(request, 412, { error: "precondition-failed" });
      if (error instanceof RightLost) {
        trace.refusal = "right-lost";
        return again(passage, 403, body.fields, { fields: { "": [m.refusals_right_lost()] }, code: "right-lost" });
      }
      if (request.signal.aborted || !noteOutage(request, services, error)) throw error;
      return unsent(passage, body.fields);
    } finally {
      await body.file?.discard();
    }
  });
}

async function bodyOf(request: Request, machines: Machines | undefined, filesUpTo?: number): Promise<ParsedBody> {
  const fields = machines?.fields;
  if (fields !== undefined) return { ok: true, fields, file: null };
  return parseBody(request, { fileField: machines?.file, filesUpTo });
}

function wordsFor(reason: Extract<ParsedBody, { ok: false }>["reason"]): string {
  if (reason === "too-large") return m.refusals_body_too_large();
  return reason === "unsupported-type" ? m.refusals_body_unsupported() : m.refusals_body_unreadable();
}

function addressIn(input: unknown): string | null {
  const email = typeof input === "object" && input !== null && "email" in input ? input.email : null;
  return typeof email === "string" ? email : null;
}

function isFailed(result: { ok: boolean }): result is { ok: false; reason: string } {
  return !result.ok;
}

function inputOf({ fields, file, held = [] }: Extract<ParsedBody, { ok: true }>, params: Record<string, unknown>) {
  const files = [...held, ...(file ? [file] : [])].map((each) => [each.field, each]);
  return { ...fields, ...Object.fromEntries(files), ...params };
}

function apart(body: ParsedBody): ParsedBody & { seenBy?: unknown; isConfirmed: boolean } {
  if (!body.ok) return { ...body, isConfirmed: false };
  const { [SEEN_BY]: seenBy, [CONFIRMED]: confirmed, ...fields } = body.fields;
  return { ...body, fields, seenBy, isConfirmed: confirmed === "yes" };
}

function anothers({ request }: Passage, { name }: Identity) {
  if (isDataRequest(request)) {
    const fields = { "": [m.errors_another_person({ name })] };
    throw Response.json({ error: "another-person", fields }, { status: 409 });
  }
  if (isNavigation(request)) throw problem(request, 409, { error: "another-person", name });
  return data<FormAgain>({ anotherPerson: name }, { status: 409 });
}

type Why = { fields: Record<string, string[]>; code?: string; issues?: Issue[]; retryAfter?: number };

function again({ request, machines }: Passage, status: number, typed: Record<string, unknown>, why: Why) {
  const { fields, code, issues, retryAfter } = why;
  if (isDataRequest(request))
    throw problem(request, status, { error: "invalid", fields, ...(code && { code }), ...(machines && { issues }) });
  return data<FormAgain>({ ...formAgain(typed, fields), ...(retryAfter && { retryAfter }) }, { status });
}

function unsent({ request, services }: Passage, typed: Record<string, unknown>) {
  const fields = { "": [m.refusals_unavailable_form()] };
  const form = formAgain(typed, fields);
  const { trace } = services;
  if (isDataRequest(request)) {
    throw problem(request, 503, { error: "unavailable", requestId: trace.requestId, fields });
  }
  trace.unsent = typedOf(typed);
  return data<FormAgain>(form, { status: 503 });
}

function confirmAgain({ request, services }: Passage, typed: Record<string, unknown>) {
  services.trace.refusal = "stale";
  if (isDataRequest(request)) throw problem(request, 403, { error: "confirm" });
  const form = formAgain(typed, { "": [m.refusals_confirm_first()] });
  return data<FormAgain>({ ...form, confirmAt: confirmHref(request) }, { status: 403 });
}
