import { and, eq, gt, inArray, isNull, lte, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { tellOfLeftBehind } from "#app/change/left-behind.server.ts";
import { asSystem } from "#app/change/system.server.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { isOwner, member, organization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Parting, Turn } from "#app/tenancy/feature.server.ts";
import { isLivingKey } from "#app/tenancy/key-rules.ts";
import { rolesWith } from "#app/tenancy/permissions.ts";
import { KEY_WARNING_DAYS } from "./limits.ts";

const KEYS_PER_RUN = 50;

/** Tells the owners and the maker about each key that expires soon, only once, even if two turns of the schedule overlap. */
export async function tellOfExpiry({ db, now, appUrl }: Pick<Turn, "db" | "now" | "appUrl">): Promise<void> {
  const isSoon = and(
    isNull(apiKey.revokedAt),
    isNull(apiKey.warnedAt),
    gt(apiKey.expiresAt, now),
    lte(apiKey.expiresAt, new Date(now.getTime() + KEY_WARNING_DAYS * DAY_MS)),
  );
  const due = await db
    .select({ id: apiKey.id, name: apiKey.name, expiresAt: apiKey.expiresAt, organization })
    .from(apiKey)
    .innerJoin(organization, eq(organization.id, apiKey.organizationId))
    .where(isSoon)
    .orderBy(apiKey.expiresAt)
    .limit(KEYS_PER_RUN);
  for (const { id, name, expiresAt, organization: here } of due) {
    const to = sql`
      select member.user_id from api_key join member on member.organization_id = api_key.organization_id
      where api_key.id = ${id} and ${isOwner(member.role)}
      union
      select member.user_id from api_key join member on member.organization_id = api_key.organization_id
      where api_key.id = ${id} and member.user_id = api_key.created_by
        and ${inArray(sql`member.role`, rolesWith("key:manage"))}`;
    await change(asSystem({ db, now, organizationId: here.id }), {
      unlogged: "The key has not changed yet.",
      from: apiKey,
      where: [eq(apiKey.id, id), isSoon],
      makes: (entry) => ({
        news: entry.news({ type: "key-expires", to, organization: here }),
        mails: entry.mailEach({
          to,
          template: "key-expires",
          data: {
            ...{ organization: here.name, key: name, at: expiresAt?.getTime() ?? 0 },
            url: `${appUrl}/organizations/${here.slug}/keys`,
          },
        }),
        // Last, since the others run only while `warnedAt` is null.
        warned: entry.update(apiKey, { warnedAt: now }, eq(apiKey.id, id)),
      }),
    });
  }
}

/** Tells the owners when the maker of keys loses their rights, because the keys still work. */
export function tellOfKeys(entry: Writer, who: Parting) {
  return tellOfLeftBehind(entry, who, {
    ...{ type: "key-maker-left", things: "keys", permission: "key:manage" },
    ...{ table: apiKey, name: apiKey.name, works: isLivingKey(who.now) },
  });
}
