import { data } from "react-router";
import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { UnreadableBody } from "#app/bytes/byte-reader.server.ts";
import { m } from "#app/i18n/messages.ts";
import { ChangedMeanwhile, RightLost } from "#app/operation/meanwhile.server.ts";
import { CONFIRMED } from "#app/ui/line/confirmed.ts";
import { SEEN_BY } from "#app/ui/line/seen-by.ts";
import { UNAVAILABLE } from "#app/ui/line/unavailable.ts";
import type { Problem } from "#app/ui/problem.ts";
import { AS_SHOWN } from "#app/ui/shown-fields.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { confirmHref, isDataRequest, isNavigation, isOnItsPage, noteOutage, problem } from "./answers.server.ts";
import type { Unparsed } from "./body/parsed-body.server.ts";
import type { Call } from "./call.server.ts";
import { formAgain, type Issue, typedOf } from "./validate.server.ts";
import { waitWords } from "./wait-words.ts";

// Refusals of a write. A page gets its form again with what was typed. Everything else gets a problem, which is thrown.

/** What was typed into a form, by the names of its fields. */
export type Typed = Record<string, unknown>;

type Why = { fields: Record<string, string[]>; code?: string; issues?: Issue[]; retryAfter?: number };

export function again({ request, services, program }: Call, status: number, typed: Typed, why: Why) {
  const { fields, code, issues, retryAfter } = why;
  if (status === 404) services.trace.gone = fields;
  if (isDataRequest(request))
    throw problem(request, status, { error: "invalid", fields, ...(code && { code }), ...(program && { issues }) });
  const form = { ...formAgain(typed, fields), ...(code && { code }), ...(retryAfter && { retryAfter }) };
  return data<FormAgain>(form, { status });
}

export function unread(call: Call, { status, reason }: Omit<Unparsed, "ok">, typed: Typed = {}) {
  const words = {
    "too-large": m.refusals_body_too_large,
    "unsupported-type": m.refusals_body_unsupported,
    unreadable: m.refusals_body_unreadable,
    "length-required": m.refusals_body_unreadable,
  };
  return again(call, status, typed, { fields: { "": [words[reason]()] }, code: reason });
}

export function anothers({ request }: Call, { name }: Identity) {
  if (isDataRequest(request)) {
    const fields = { "": [m.errors_another_person({ name })] };
    throw Response.json({ error: "another-person", fields }, { status: 409 });
  }
  if (isNavigation(request)) throw problem(request, 409, { error: "another-person", name });
  return data<FormAgain>({ anotherPerson: name }, { status: 409 });
}

/** `seconds` is the time to wait. */
export function tooOften(call: Call, seconds: number, typed: Typed) {
  const { trace } = call.services;
  trace.headers.set("Retry-After", String(seconds));
  trace.refusal = "limit";
  return again(call, 429, typed, { fields: { "": [waitWords(seconds)] }, code: "limit", retryAfter: seconds });
}

export function confirmAgain({ request, services }: Call, typed: Typed) {
  services.trace.refusal = "stale";
  if (isDataRequest(request)) throw problem(request, 403, { error: "confirm" });
  const form = formAgain(typed, { "": [m.refusals_confirm_first()] });
  return data<FormAgain>({ ...form, confirmAt: confirmHref(request) }, { status: 403 });
}

/** Refuses a form that did not ask the question it has to ask. */
export function unasked(call: Call, typed: Typed) {
  return again(call, 409, typed, { fields: { "": [m.refusals_ask_first()] }, code: "ask-first" });
}

/** Someone else was faster. `now` is the mark of the values that would fill the form now. Null if it is not known. */
export function changedMeanwhile(call: Call, typed: Typed, { now }: { now: string | null }) {
  if (call.program !== undefined) throw problem(call.request, 412, { error: "precondition-failed" });
  const fields = { "": [m.refusals_changed_meanwhile()] };
  return again(call, 409, { ...typed, [AS_SHOWN]: now ?? "" }, { fields, code: "changed-meanwhile" });
}

/** Turns the error that stopped a write into a refusal. An internal error is thrown again. */
export function stoppedBy(call: Call, error: unknown, typed: Typed) {
  const { request, services, program } = call;
  if (error instanceof UnreadableBody) return unread(call, { status: 400, reason: "unreadable" }, typed);
  if (error instanceof ChangedMeanwhile) return changedMeanwhile(call, typed, { now: null });
  if (error instanceof RightLost) {
    services.trace.refusal = "right-lost";
    if (program !== undefined) throw problem(request, 403, { error: "right-lost" });
    return again(call, 403, typed, { fields: { "": [m.refusals_right_lost()] }, code: "right-lost" });
  }
  if (isSignedOutForm(call)) throw signedOut(typed) ?? error;
  if (request.signal.aborted || !noteOutage(request, services, error)) throw error;
  return unsent(call, typed);
}

/** Whether this is a form that was sent without scripts, by a browser whose session has ended. */
export function isSignedOutForm({ request, services: { trace } }: Call): boolean {
  return trace.refusal === "no-session" && isNavigation(request);
}

/** A page that sends the form again after its person has signed in, in another tab. Null if nothing was typed. */
function signedOut(typed: Typed) {
  const { once: _, stay: _stay, [CONFIRMED]: _asked, [AS_SHOWN]: _shown, [SEEN_BY]: seenBy, ...kept } = typedOf(typed);
  if (!seenBy || Object.keys(kept).length === 0) return null;
  const fields = { "": [m.refusals_signed_out()] };
  return data<Problem>({ error: "invalid", code: "signed-out", fields, unsent: typedOf(typed) }, { status: 401 });
}

function unsent({ request, services: { trace } }: Call, typed: Typed) {
  const fields = { "": [m.refusals_unavailable_form()] };
  if (isDataRequest(request)) {
    throw problem(request, 503, { error: "unavailable", requestId: trace.requestId, fields });
  }
  trace.unsent = typedOf(typed);
  const code = isOnItsPage(request) ? {} : { code: UNAVAILABLE };
  return data<FormAgain>({ ...formAgain(typed, fields), ...code }, { status: 503 });
}
