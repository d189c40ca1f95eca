import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#app/operation/actor.ts";
import type { Permission } from "./permissions.ts";

const named = sql`api_key`;

/** SQL that is true for a key that is neither revoked nor expired. `key` is the name of its row in the query. */
export function isLivingKey(now: Date, key = named): SQL {
  return sql`(${key}.revoked_at is null and (${key}.expires_at is null or ${key}.expires_at > ${now.getTime()}))`;
}

export function keyHas(permission: Permission, key = named): SQL {
  return sql`exists (select 1 from json_each(${key}.permissions) as held where held.value = ${permission})`;
}

/** SQL that is false for a caller that is a key without this permission. It does not ask for the role of a person. */
export function isNoKeyWithout(permission: Permission, actor: Actor): SQL {
  return actor.kind === "key"
    ? sql`exists (select 1 from api_key where api_key.id = ${actor.id} and ${keyHas(permission)})`
    : sql`true`;
}
