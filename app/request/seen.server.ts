import { type SQL, sql } from "drizzle-orm";
import {
  type Conditions,
  entityTag,
  isMatch,
  isNoneMatch,
  readable,
  stateOf,
} from "#app/operation/conditions.server.ts";
import type { ReadOperation } from "#app/operation/operation.server.ts";
import { outOfReach, type Plan, planOf } from "#app/operation/plan.ts";
import type { Machines, Passage } from "./passage.server.ts";
import type { Place } from "./place.server.ts";
import { scopeOf } from "./scopes.server.ts";
import { parse } from "./validate.server.ts";

/** What a write finds at its address before it changes anything, where a program says what it has seen. */
type Seen = {
  /** SQL that is true while all of it is as it was found. */
  unchanged: SQL | undefined;
  /** Whether it is what the program asks for; what is not there is left to the verb. Rejects with a refusal. */
  isAsAsked(grant: unknown): Promise<boolean>;
};

const nothing: Plan<Seen> = planOf({ unchanged: undefined, isAsAsked: async () => true });

/** For the trip that decides access. */
export async function seenBy(passage: Passage, place: Place, params: Record<string, unknown>): Promise<Plan<Seen>> {
  const { asked, thing } = passage.machines?.conditions ?? {};
  if (asked === undefined || isNothing(asked) || place.kind !== "key") return nothing;
  if (asked === "unreadable" || !thing)
    return planOf({ unchanged: undefined, isAsAsked: async () => holds(asked, null) });
  const { validate, execute, answer } = thing.operation as ReadOperation;
  const input = await parse(validate, params, params);
  if (!input.ok) return nothing;
  // What the write may change it may compare: a key need not read beside it.
  const { statements, shape } = execute(scopeOf(passage, place) as never, input.value);
  const state = stateOf(statements);
  return {
    statements: [...statements, passage.services.db.all(sql`select ${state} as state`)],
    shape: (rows) => ({
      unchanged: sql`${state} = ${(rows.at(-1) as { state: string }[])[0]?.state}`,
      async isAsAsked(grant) {
        const found = shape(rows.slice(0, -1));
        if (found === null || found === outOfReach) return true;
        const answered = answer === undefined ? found : await answer(found as never, grant as never, input.value);
        return holds(asked, entityTag(await thing.gives(answered, input.value)));
      },
    }),
  };
}

type Asked = NonNullable<Machines["conditions"]>["asked"];

function isNothing(asked: Asked): boolean {
  return asked !== "unreadable" && asked.match === null && asked.noneMatch === null;
}

function holds(asked: Asked, tag: string | null): boolean {
  const conditions: Conditions = readable(asked);
  return isMatch(conditions, tag) && isNoneMatch(conditions, tag);
}
