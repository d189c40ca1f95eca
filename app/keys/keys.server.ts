import { and, desc, eq, not, type SQL, sql } from "drizzle-orm";
import { apiKey } from "#app/db/schema/keys.ts";
import { user } from "#app/db/schema/people.ts";
import { whetherFull } from "#app/operation/fullness.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type OnePage, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isLivingKey } from "#app/tenancy/key-rules.ts";
import { DEAD_KEYS_SHOWN, KEYS_PER_ORGANIZATION } from "./limits.ts";
import type { KeyId } from "./schemas.ts";

/** Times are in milliseconds. `lastUsedAt` is accurate to the hour. */
export type Key = {
  id: string;
  name: string;
  prefix: string;
  permissions: string[];
  makerName: string | null;
  createdAt: number;
  lastUsedAt: number | null;
  expiresAt: number | null;
  revokedAt: number | null;
  /** Until when the secret from before the last rotation still works; can be in the past. */
  formerUntil: number | null;
};

const time = (column: SQL | typeof apiKey.expiresAt) => sql<number | null>`${column}`;

const fields = {
  id: apiKey.id,
  name: apiKey.name,
  prefix: apiKey.prefix,
  permissions: apiKey.permissions,
  makerName: sql<string | null>`(select ${user.name} from ${user} where ${user.id} = ${apiKey.createdBy})`,
  createdAt: sql<number>`${apiKey.createdAt}`,
  lastUsedAt: time(apiKey.lastUsedAt),
  expiresAt: time(apiKey.expiresAt),
  revokedAt: time(apiKey.revokedAt),
  formerUntil: time(apiKey.formerUntil),
};

type Reading = Scope<"key:read" | "key:manage">;

const newestFirst = [desc(apiKey.createdAt), desc(apiKey.id)];

export type KeysPage = { living: Key[]; dead: Key[]; now: number };

export function keysPage(scope: Scope<"key:read">): Plan<KeysPage> {
  const { now } = scope;
  const which = (condition: SQL) =>
    scope
      .select(fields)
      .from(apiKey)
      .where(condition)
      .orderBy(...newestFirst);
  const living = which(isLivingKey(now)).limit(KEYS_PER_ORGANIZATION);
  const dead = which(not(isLivingKey(now))).limit(DEAD_KEYS_SHOWN);
  return plan({ living, dead }, (found) => ({ ...found, now: now.getTime() }));
}

export function keysFull(scope: Scope<"key:manage">): Plan<{ isFull: boolean }> {
  const count = scope.count(apiKey, { where: isLivingKey(scope.now), upTo: KEYS_PER_ORGANIZATION });
  return whetherFull(scope, count, KEYS_PER_ORGANIZATION);
}

export function keysAfter(scope: Scope<"key:read">, { organization: slug, limit, after }: OnePage): Plan<Paged<Key>> {
  const rows = scope
    .select(fields)
    .from(apiKey)
    .where(after === null ? undefined : sql`(${apiKey.createdAt}, ${apiKey.id}) < (${after.at}, ${after.id})`)
    .orderBy(...newestFirst)
    .limit(limit + 1);
  return plan({ rows }, ({ rows }) =>
    pageOf(rows, {
      limit,
      list: ["keys", slug],
      place: ({ createdAt, id }) => ({ at: createdAt, id }),
      shows: (row) => row,
    }),
  );
}

type One = { key: KeyId };

export function keyDetails(scope: Reading, { key: id }: One): Plan<Key | null> {
  const rows = scope.select(fields).from(apiKey).where(eq(apiKey.id, id));
  return plan({ rows }, ({ rows: [key] }) => key ?? null);
}

/** Null for a dead key, so that nobody is asked whether to rotate or revoke it. */
export function livingKey(scope: Reading, { key: id }: One): Plan<{ key: Key } | null> {
  const rows = scope
    .select(fields)
    .from(apiKey)
    .where(and(eq(apiKey.id, id), isLivingKey(scope.now)));
  return plan({ rows }, ({ rows: [key] }) => (key === undefined ? null : { key }));
}
