import type { Identity } from "#app/auth/sessions/identity.server.ts";
import { SEEN_BY_HEADER } from "#app/ui/line/seen-by.ts";
import { type AccessRow, freshSince } from "./access.server.ts";
import { leadToSignIn, problem } from "./answers.server.ts";
import type { Call } from "./call.server.ts";
import { type Caller, type KeyCaller, keyCaller } from "./caller.server.ts";
import { isPermission } from "./place.server.ts";
import type { Services } from "./services.server.ts";

/** Finds the caller: a person by the session cookie or, at a door for programs, a key. With `presumes`, it does not query. */
export async function findCaller(call: Call, { presumes = false } = {}): Promise<Caller | null> {
  const { request, services, authenticate, program } = call;
  const { trace, bearer } = services;
  if (authenticate === "none") {
    // The response is still in the visitor's language.
    if (!presumes) await services.identify().catch(() => null);
    return null;
  }
  if (program !== undefined && bearer !== null) return findKey(call, bearer);
  const { viewer: presumed, isPresumed } = services.presume();
  if (presumes && isPresumed && presumed !== null) return { kind: "person", viewer: presumed };
  const viewer = await trace.time("authenticate", () => services.identify());
  if (viewer === null) {
    if (authenticate !== "optional") throw await leadToSignIn(request, services);
    return null;
  }
  trace.account = viewer.email;
  trace.actor = { kind: "person", id: viewer.userId };
  if (isOfAnother(request.headers.get(SEEN_BY_HEADER), viewer)) {
    throw problem(request, 409, { error: "another-person", name: viewer.name });
  }
  return { kind: "person", viewer };
}

async function findKey(call: Call, bearer: string) {
  const { request, authenticate, authorize } = call;
  const caller = await requireKey(call, bearer);
  const isForPeople = authenticate === "fresh" || authenticate === "person" || !isPermission(authorize);
  if (isForPeople) throw problem(request, 403, { error: "people-only" });
  return caller;
}

/** Accepts a bearer token that looks like a key, without a query. Rejects with 401 if not, and with 400 beside a session. */
export async function requireKey(
  { request, services, program }: Pick<Call, "request" | "services" | "program">,
  bearer: string | null,
): Promise<KeyCaller> {
  const { trace, bringsSession } = services;
  trace.via = program?.via ?? null;
  if (bearer !== null && bringsSession) throw problem(request, 400, { error: "two-callers" });
  const caller = bearer === null ? null : keyCaller(bearer);
  if (caller === null) throw await leadToSignIn(request, services);
  return caller;
}

/** Whether someone else has signed in, in another tab, since the page was shown. A program has no page and sends no `seenBy`. */
export function isOfAnother(seenBy: unknown, { userId }: Identity): boolean {
  return seenBy !== undefined && seenBy !== null && seenBy !== "" && seenBy !== userId;
}

export function isProven({ now }: Services, row: unknown): boolean {
  const accessRow = row as AccessRow | undefined;
  return accessRow !== undefined && accessRow.provenAt >= freshSince(now);
}

export function isStale({ services, authenticate }: Call, row: unknown): boolean {
  const accessRow = row as AccessRow | undefined;
  return authenticate === "fresh" && accessRow?.isHalf === false && accessRow.provenAt < freshSince(services.now);
}
