import { type SQL, sql } from "drizzle-orm";
import {
  type Conditions,
  entityTag,
  isMatch,
  isNoneMatch,
  readable,
  stateOf,
} from "#app/operation/conditions.server.ts";
import type { ReadOperation, WriteOperation } from "#app/operation/operation.server.ts";
import { type OutOfReach, outOfReach, type Plan, planOf } from "#app/operation/plan.ts";
import { markOf } from "#app/ui/shown-fields.ts";
import type { Call, Program } from "./call.server.ts";
import type { Place } from "./place.server.ts";
import { scopeOf } from "./scopes.server.ts";
import { parse } from "./validate.server.ts";

/** What a write finds at its address before it changes anything, if the caller says what they have seen. */
type Precondition = {
  /** SQL that is true while everything is as it was found. */
  unchanged: SQL | undefined;
  /** Null if it is as the caller has seen it, or does not exist: then the verb decides. Rejects if conditions are unreadable. */
  otherwise(grant: unknown): Promise<Other | null>;
};

/** `now` is the mark of the values that would fill the form now. Null for a program. */
type Other = { now: string | null };

const nothing: Plan<Precondition> = planOf({ unchanged: undefined, otherwise: async () => null });

/** For the round trip that checks access: compares the thing with a program's `If-Match` and `If-None-Match`. */
export async function preconditionOfProgram(
  call: Call,
  place: Place,
  params: Record<string, unknown>,
): Promise<Plan<Precondition>> {
  const { asked, thing } = call.program?.conditions ?? {};
  if (asked === undefined || isNothing(asked) || place.kind !== "key") return nothing;
  const judge = (tag: string | null) => (holds(asked, tag) ? null : { now: null });
  if (asked === "unreadable" || !thing) return planOf({ unchanged: undefined, otherwise: async () => judge(null) });
  const { validate, execute, answer } = thing.operation as ReadOperation;
  const input = await parse(validate, params, params);
  if (!input.ok) return nothing;
  // A key that can change the thing can compare it too, even without the permission to read it.
  return compared(call, execute(scopeOf(call, place) as never, input.value), async (found, grant) => {
    const answered = answer === undefined ? found : await answer(found as never, grant as never, input.value);
    return judge(entityTag(await thing.gives(answered, input.value)));
  });
}

type Form<I> = {
  operation: Pick<WriteOperation<I>, "validate" | "edits">;
  /** As it was sent, unchecked. Undefined if the form does not send it. */
  asShown: unknown;
  input: I;
  params: Record<string, unknown>;
};

/** For the round trip that checks access: compares the thing with the values that filled the form. */
export function preconditionOfForm<I>(
  call: Call,
  place: Place,
  { operation: { validate, edits }, asShown, input, params }: Form<I>,
): Plan<Precondition> {
  if (asShown === undefined || edits === undefined) return nothing;
  return compared(call, edits(scopeOf(call, place) as never, input), async (now) => {
    if (markOf(now) === asShown) return null;
    // The same values were already saved, by this form or by someone else, so nothing would be replaced.
    const same = await parse(validate, { ...now, ...params }, params);
    return same.ok && JSON.stringify(same.value) === JSON.stringify(input) ? null : { now: markOf(now) };
  });
}

function compared<T>(
  { services }: Call,
  { statements, shape }: Plan<T | OutOfReach | null>,
  judge: (found: T, grant: unknown) => Promise<Other | null>,
): Plan<Precondition> {
  const state = stateOf(statements);
  return {
    statements: [...statements, services.db.all(sql`select ${state} as state`)],
    shape: (rows) => ({
      unchanged: sql`${state} = ${(rows.at(-1) as { state: string }[])[0]?.state}`,
      async otherwise(grant) {
        const found = shape(rows.slice(0, -1));
        return found === null || found === outOfReach ? null : judge(found as T, grant);
      },
    }),
  };
}

type Asked = NonNullable<Program["conditions"]>["asked"];

function isNothing(asked: Asked): boolean {
  return asked !== "unreadable" && asked.match === null && asked.noneMatch === null;
}

function holds(asked: Asked, tag: string | null): boolean {
  const conditions: Conditions = readable(asked);
  return isMatch(conditions, tag) && isNoneMatch(conditions, tag);
}
