import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { organization, removedOrganization } from "#app/db/schema/organizations.ts";
import { isLivingKey, keyHas } from "#app/tenancy/key-rules.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import { organizationOf } from "./access.server.ts";

export type KeyAsked = { digest: string; now: Date };

/** Used in place of a person's id if the caller is a key. */
export const nobody = sql<string>`null`;

export type KeyRow = {
  keyId: string;
  keyName: string;
  permissions: string[];
  lastUsedAt: Date | null;
  organizationId: string | null;
  organizationName: string | null;
  organizationSlug: Slug | null;
};

/** SQL over `api_key`: true for a live key with this secret, or with it as a former secret that is still accepted. */
function isLive({ digest, now }: KeyAsked): SQL {
  return sql`(api_key.digest = ${digest} or (api_key.former_digest = ${digest} and api_key.former_until > ${now.getTime()}))
    and ${isLivingKey(now)}
    and not exists (select 1 from ${removedOrganization} where ${removedOrganization.id} = api_key.organization_id)`;
}

/** SQL for the id of the key with this secret, if it is alive. */
export function keyOf(asked: KeyAsked): SQL<string> {
  return sql`(select api_key.id from api_key where ${isLive(asked)})`;
}

/** No row if there is no live key. The organization is null if `slug` names another one; without a slug it is the key's own. */
export function keyStatement(db: Database, asked: KeyAsked, slug: Slug | null) {
  return db
    .select({
      keyId: apiKey.id,
      keyName: apiKey.name,
      permissions: apiKey.permissions,
      lastUsedAt: apiKey.lastUsedAt,
      organizationId: organization.id,
      organizationName: organization.name,
      organizationSlug: sql<Slug>`${organization.slug}`,
    })
    .from(apiKey)
    .leftJoin(organization, and(eq(organization.id, apiKey.organizationId), isNamed(organization.id, slug, asked)))
    .where(isLive(asked))
    .limit(1);
}

/** SQL for a live key's organization if `slug` names it and the key has the permission. A null argument skips its check. */
export function organizationOfKey(asked: KeyAsked, slug: Slug | null, permission: Permission | null): SQL<string> {
  const conditions = [
    isLive(asked),
    isNamed(apiKey.organizationId, slug, asked),
    permission === null ? undefined : keyHas(permission),
  ];
  return sql`(select api_key.organization_id from api_key where ${and(...conditions)})`;
}

function isNamed(id: SQLWrapper, slug: Slug | null, { now }: KeyAsked): SQL | undefined {
  return slug === null ? undefined : sql`${id} = ${organizationOf(slug, now.getTime())}`;
}

export function keyStillHas(asked: KeyAsked, organizationId: string, permission: Permission): SQL {
  return sql`exists (
    select 1 from api_key
    where ${isLive(asked)} and api_key.organization_id = ${organizationId} and ${keyHas(permission)})`;
}
