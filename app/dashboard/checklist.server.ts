import { and, eq, isNull, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { serverFeatures } from "#app/features.server.ts";
import type { ByPerson, Grant, Scope } from "#app/operation/grant.server.ts";

export type Steps = Record<string, boolean>;

/** Returns one row; none for a person who has hidden the list, and none for a key. */
export function stepsOf(scope: Scope<"dashboard:read">) {
  const isTheirs = and(eq(member.organizationId, organization.id), eq(member.userId, scope.userId));
  const asked = serverFeatures.flatMap(({ steps = {} }) =>
    Object.entries(steps).map(([name, isDone]) => [name, isTrue(sql`(${isDone})`)] as const),
  );
  return scope
    .select(Object.fromEntries(asked))
    .from(organization)
    .innerJoin(member, and(isTheirs, isNull(member.checklistHiddenAt)));
}

export async function hideChecklist(grant: ByPerson<Grant<"dashboard:read">>) {
  await change(grant, {
    unlogged: "Hiding the checklist only affects the person who hides it.",
    makes: (entry) => ({
      membership: entry.update(member, { checklistHiddenAt: grant.now }, eq(member.userId, grant.userId)),
    }),
  });
  return { ok: true } as const;
}
