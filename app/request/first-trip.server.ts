import { sql } from "drizzle-orm";
import { runBatch } from "#app/db/batch.server.ts";
import { countAttempt, secondsToWait } from "#app/operation/limits.server.ts";
import type { WriteOperation } from "#app/operation/operation.server.ts";
import { type Plan, planOf, type Statement, together } from "#app/operation/plan.ts";
import type { ParsedBody } from "./body/parsed-body.server.ts";
import type { Call } from "./call.server.ts";
import { keyOf } from "./key-access.server.ts";
import { bucketsOf, sayBuckets } from "./key-limits.server.ts";
import { accessQuestion, type Place, reachedBy } from "./place.server.ts";
import { preconditionOfForm, preconditionOfProgram } from "./preconditions.server.ts";
import { claimOf } from "./repeats.server.ts";

type Asking<I> = {
  place: Place;
  operation: Pick<WriteOperation<I>, "validate" | "edits" | "limit">;
  input: I;
  body: Extract<ParsedBody, { ok: true }> & { asShown?: unknown };
  params: Record<string, unknown>;
};

/** All queries of a write before its change, in one round trip: access, attempts, and whether the caller saw the latest state. */
export async function firstTrip<I>(call: Call, { place, operation, input, body, params }: Asking<I>) {
  const asked = together({
    accessRow: accessPlan(call, place),
    ownWait: attemptsOf(call, { place, limit: operation.limit, input }),
    keysWait: bucketsPlan(call, place),
    named: claimOf(call, { place, body }),
    precondition: await (call.program === undefined
      ? preconditionOfForm(call, place, { operation, asShown: body.asShown, input, params })
      : preconditionOfProgram(call, place, params)),
  });
  return asked.shape(await runBatch(call.services.db, asked.statements));
}

function accessPlan({ services }: Call, place: Place): Plan<unknown> {
  const question = accessQuestion(services, place);
  if (question === null) return planOf(undefined);
  return { statements: [question.statement], shape: ([rows]) => (rows as unknown[])[0] };
}

/** Counts the attempt of a caller with access. The result is the seconds to wait, or null if there is no need to wait. */
function attemptsOf<I>(
  { services }: Call,
  { place, limit, input }: Pick<Asking<I>, "place" | "input"> & Pick<WriteOperation<I>, "limit">,
): Plan<number | null> {
  const { db, now, ipAddress, deviceHash } = services;
  const reached = reachedBy(place);
  const userId = place.kind === "key" ? null : (place.viewer?.userId ?? null);
  const keyId = place.kind === "key" ? keyOf(place.asked) : null;
  const asking = { ipAddress, deviceHash, userId, keyId, organizationId: reached };
  const limits = typeof limit === "function" ? limit(input, asking) : [];
  const statements: Statement[] = limits.map((each) =>
    countAttempt(db, each, { now, when: sql`${reached} is not null and ${each.when ?? sql`true`}` }),
  );
  const first = (rows: unknown) => (rows as { count: number; resetAt: Date }[])[0];
  return { statements, shape: (rows) => secondsToWait(limits, rows.map(first), now) };
}

/** The result is a function that reports how full the buckets are. It is not called for anyone without access. */
function bucketsPlan({ services }: Call, place: Place): Plan<() => number | null> {
  const { statements, limits } = bucketsOf(services, place, "writes");
  return { statements, shape: (rows) => () => sayBuckets(services, limits, rows) };
}
