import { and, type SQL } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import type {
  Authorization,
  Common,
  Fresh,
  Grant,
  GrantFacts,
  Means,
  Scope,
  ScopeFacts,
  Statements,
} from "#app/operation/grant.server.ts";
import { type Inside, inside } from "#app/operation/inside.server.ts";
import { runNamed, type Statement } from "#app/operation/plan.ts";
import { countWithin, type Reach, selectWithin, within } from "#app/operation/reach.server.ts";

type Added = keyof Statements | "count";

export function createScope<A extends Authorization>(
  facts: Omit<Common & ScopeFacts<A>, Added>,
  { db, reach, isAllowed }: Pick<Inside, "db" | "reach"> & { isAllowed?: SQL | undefined },
): Scope<A> {
  return { ...facts, ...statementsWithin(db, reach), count: countWithin(reach, isAllowed) } as unknown as Scope<A>;
}

/** `still` also covers the fresh proof, so that the proof is checked when the batch runs. */
export function createFresh<A extends Authorization>(grant: Grant<A>, still: SQL): Fresh<Grant<A>> {
  return { ...grant, [inside]: { ...grant[inside], still } } as unknown as Fresh<Grant<A>>;
}

export function createGrant<A extends Authorization>(
  facts: Omit<Common & Means & GrantFacts<A>, Added | "read">,
  hidden: Inside,
): Grant<A> {
  const { db, reach, commit } = hidden;
  return {
    ...facts,
    ...statementsWithin(db, reach),
    read: (statements: Record<string, Statement>) => runNamed(commit, statements),
    [inside]: hidden,
  } as unknown as Grant<A>;
}

function statementsWithin(db: Database, reach: Reach): Statements {
  return {
    select: selectWithin(db, reach),
    selectOfAnyone: selectWithin(db, { ...reach, reachesAll: true }),
    selectPicked: selectWithin(db, { ...reach, isPicked: true }),
    selectDeleted: selectWithin(db, { ...reach, isDeleted: true }),
    rows: (table, ...conditions) => and(within(table, reach), ...conditions) as SQL,
    unsafe: () => db,
  };
}
