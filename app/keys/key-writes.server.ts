import { Buffer } from "node:buffer";
import { eq, inArray, isNull, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { isOwner, member, organization } from "#app/db/schema/organizations.ts";
import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import { idOnce } from "#app/fields/once.server.ts";
import { keptOf, newKeySecret } from "#app/key-secret.server.ts";
import type { ByPerson, Fresh, Grant } from "#app/operation/grant.server.ts";
import { isLivingKey } from "#app/tenancy/key-rules.ts";
import { keyPermissions, permissionsToGive } from "#app/tenancy/permissions.ts";
import { FORMER_KEY_HOURS, KEYS_PER_ORGANIZATION } from "./limits.ts";
import type { KeyId, MakeKey } from "./schemas.ts";

type Managing = Grant<"key:manage">;
type Once = { once?: string | undefined };
export type ShownKey = { key: string; secret: string; url: string };
type Shown = { ok: true } & ShownKey;

/** A key may do no more than its maker. Its secret is shown once; a form sent twice makes one key and shows its secret again. */
export async function createKey(
  grant: Fresh<Managing>,
  { name, permissions, expires, once }: Pick<MakeKey, "name" | "permissions" | "expires" | "once">,
): Promise<Shown | { ok: false; reason: "beyond" | "full" | "shown" }> {
  const { organizationId, actor, newId, now, role, userId } = grant;
  const given = permissionsToGive(role);
  if (!permissions.every((each) => given.includes(each))) return { ok: false, reason: "beyond" };
  const id = idOnce({ once, equal: [organizationId, name, expires ?? "never", ...permissions], actor, newId });
  const secret = secretOf(grant, { id, once });
  const kept = keptOf(secret);
  const expiresAt = expires === null ? null : new Date(now.getTime() + expires * DAY_MS);
  const living = sql`(select count(*) from ${apiKey} where ${grant.rows(apiKey, isLivingKey(now))})`;
  const { facts } = await change(grant, {
    action: "key.created",
    from: organization,
    target: { id, name },
    after: { permissions, expiresAt: expiresAt?.getTime() ?? null },
    where: sql`${living} < ${KEYS_PER_ORGANIZATION} and not exists (select 1 from ${apiKey} where ${eq(apiKey.id, id)})`,
    makes: (entry) => ({
      key: entry.insert(apiKey, { id, name, permissions, ...kept, expiresAt, createdBy: userId, createdAt: now }),
      ...tell(grant, entry, { name, formerHours: null }),
    }),
    facts: {
      made: grant.select({ digest: apiKey.digest, revokedAt: apiKey.revokedAt }).from(apiKey).where(eq(apiKey.id, id)),
    },
  });
  const [made] = facts.made;
  if (made === undefined) return { ok: false, reason: "full" };
  if (made.digest !== kept.digest || made.revokedAt !== null) return { ok: false, reason: "shown" };
  return { ok: true, ...shown(grant, id, secret) };
}

/** The old secret works another day, with no rotation until then. Callers with fewer rights than the key must not gain them. */
export async function renewSecret(
  grant: Fresh<Managing>,
  { key: id, once }: { key: KeyId } & Once,
): Promise<Shown | { ok: false; reason: "not-found" | "dead" | "beyond" | "rotated" | "shown" }> {
  const { now, role } = grant;
  const secret = secretOf(grant, { id, once });
  const kept = keptOf(secret);
  const given = permissionsToGive(role);
  const lacking = keyPermissions.filter((each) => !given.includes(each));
  const isWithin = sql`not exists (
    select 1 from json_each(${apiKey.permissions}) as held where ${inArray(sql`held.value`, lacking)})`;
  const { isMade, facts } = await change(grant, {
    action: "key.rotated",
    ...aboutKey,
    where: [
      eq(apiKey.id, id),
      isLivingKey(now),
      isWithin,
      or(isNull(apiKey.formerUntil), lte(apiKey.formerUntil, now)),
      // An older form that is sent again neither renews the key nor restores a secret.
      ne(apiKey.digest, kept.digest),
      sql`${apiKey.formerDigest} is not ${kept.digest}`,
    ],
    makes: (entry) => ({
      key: entry.update(
        apiKey,
        {
          ...kept,
          formerDigest: sql`${apiKey.digest}`,
          formerUntil: new Date(now.getTime() + FORMER_KEY_HOURS * HOUR_MS),
        },
        eq(apiKey.id, id),
      ),
      ...tell(grant, entry, { name: nameOf(entry), formerHours: FORMER_KEY_HOURS }),
    }),
    facts: {
      found: grant
        .select({
          digest: apiKey.digest,
          former: apiKey.formerDigest,
          isLiving: isTrue(isLivingKey(now)),
          isWithin: isTrue(isWithin),
        })
        .from(apiKey)
        .where(eq(apiKey.id, id)),
    },
  });
  const [found] = facts.found;
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (!found.isLiving) return { ok: false, reason: "dead" };
  if (isMade || found.digest === kept.digest) return { ok: true, ...shown(grant, id, secret) };
  if (found.former === kept.digest) return { ok: false, reason: "shown" };
  return { ok: false, reason: found.isWithin ? "rotated" : "beyond" };
}

/** Both secrets stop working. The row stays, so that the log keeps the key's name. */
export async function endKey(
  grant: ByPerson<Managing>,
  { key: id }: { key: KeyId },
): Promise<{ ok: true } | { ok: false; reason: "not-found" }> {
  const { facts } = await change(grant, {
    action: "key.revoked",
    ...aboutKey,
    where: [eq(apiKey.id, id), isNull(apiKey.revokedAt)],
    makes: (entry) => ({ key: entry.update(apiKey, { revokedAt: grant.now }, eq(apiKey.id, id)) }),
    facts: { found: grant.select({ id: apiKey.id }).from(apiKey).where(eq(apiKey.id, id)) },
  });
  return facts.found.length === 1 ? { ok: true } : { ok: false, reason: "not-found" };
}

const aboutKey = { from: apiKey, target: { id: apiKey.id, name: apiKey.name } };

/** With `once`, the same form gets the same secret again, though the secret is stored nowhere. */
function secretOf({ tokenFor }: Managing, { id, once }: { id: string } & Once): string {
  if (once === undefined) return newKeySecret();
  return newKeySecret(Buffer.from(tokenFor(`key:${id}:${once}`), "base64url"));
}

function shown({ appUrl, organization }: Managing, key: string, secret: string): ShownKey {
  return { key, secret, url: `${appUrl}/api/v1/organizations/${organization.slug}` };
}

function nameOf({ targetId }: Writer): SQL<string> {
  return sql`(select ${apiKey.name} from ${apiKey} where ${apiKey.id} = ${targetId})`;
}

type News = { name: string | SQL; formerHours: number | null };

/** Tells the owners about a new secret, and its maker by mail too, so that a stolen session does not go unnoticed. */
function tell(grant: Fresh<Managing>, entry: Writer, { name, formerHours }: News) {
  const { appUrl, callerName, organization: here, userId } = grant;
  const people = (which: SQL) => sql`select ${member.userId} from ${member} where ${grant.rows(member, which)}`;
  const owners = people(isOwner(member.role));
  return {
    news: entry.news({ type: "key-created", to: owners, organization: here }),
    mails: entry.mailEach({
      to: sql`${owners} union ${people(eq(member.userId, userId))}`,
      template: "key-created",
      data: {
        ...{ organization: here.name, key: name, by: callerName, formerHours },
        url: `${appUrl}/organizations/${here.slug}/keys`,
      },
    }),
  };
}
