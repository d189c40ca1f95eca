import { eq, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { member, organization, organizations } from "#app/db/schema/organizations.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { idOnce } from "#app/fields/once.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { countAttempt, isBelow, type RateLimit } from "#app/operation/limits.server.ts";
import type { Drawn } from "#app/pictures/drawn.server.ts";
import { squareOf } from "#app/pictures/square.server.ts";
import { mayOwnOneMore } from "#app/tenancy/owning.ts";
import { creatingRoles } from "#app/tenancy/roles.ts";
import { type Creation, creationFor } from "./creation.ts";
import { ORGANIZATIONS_MADE_PER_DAY } from "./limits.ts";
import { logoKey } from "./logos.server.ts";
import type { NewOrganization } from "./schemas.ts";
import { slugCandidates } from "./slugs.ts";

type Created =
  | { ok: true; slug: string }
  | { ok: false; reason: Exclude<Creation, "allowed"> | "too-many-made" | "slug-taken" }
  | Extract<Drawn, { ok: false }>;

/** Makes an organization with this person as its owner, or nothing. The statement that inserts it enforces the limits. */
export async function createOrganization(
  grant: Grant<"self">,
  { name, slug, logo, once }: NewOrganization,
): Promise<Created> {
  const { userId, actor, newId } = grant;
  const square = logo === undefined ? null : await squareOf(grant.decode, logo);
  if (square?.ok === false) return square;
  const id = idOnce({ once, equal: [name, slug ?? ""], actor, newId });
  const storage = grant.storageOfNew(id);
  const logoId = square === null ? null : newId();
  const slugs = slug === undefined ? await slugCandidates(name, (length) => randomLetters(newId(), length)) : [slug];
  const { now } = grant;
  const daily = madeToday(userId);
  let isCreated = false;
  if (square !== null && logoId !== null) await storage.put(logoKey(logoId), square.picture.stream, square.picture);
  try {
    const { isMade, facts } = await change(grant, {
      action: "organization.created",
      target: { id, name },
      organizationId: id,
      // The entry refers to the organization, which is therefore inserted first: it must be new, and without an owner yet.
      where: sql`exists (select 1 from ${organization} where ${organization.id} = ${id} and ${organization.createdAt} = ${now.getTime()})
        and not exists (select 1 from ${member} where ${member.organizationId} = ${id})`,
      first: (may) => ({ organization: insertOrganization(may, { grant, id, name, slugs, logoId }) }),
      makes: (entry) => {
        const { db, when } = entry.unsafe(
          "The batch that creates an organization counts it, so a deleted one counts and a refused one does not.",
        );
        return {
          owner: entry.insert(member, {
            ...{ id: newId(), organizationId: id, role: "owner", lastActiveAt: now, createdAt: now },
          }),
          search: entry.searchable(organizations, { id, name }),
          attempt: countAttempt(db, daily, { now, when }),
        };
      },
      facts: (entry) => ({
        found: grant
          .unsafe("A form that is sent again finds the organization it created, no matter who its members are by then.")
          .select({ slug: organization.slug })
          .from(organization)
          .where(eq(organization.id, id)),
        memberships: grant.select({ role: member.role }).from(member),
        day: entry.asks({ isBelow: isBelow(daily, now) }),
      }),
    });
    isCreated = isMade;
    const [[found], [day]] = [facts.found, facts.day];
    if (found !== undefined) return { ok: true, slug: found.slug };
    const creation = creationFor(facts.memberships.map(({ role }) => role));
    if (creation !== "allowed") return { ok: false, reason: creation };
    if (!day?.isBelow) return { ok: false, reason: "too-many-made" };
    if (slug === undefined) throw new Error("The statement refused an organization that all rules allow.");
    return { ok: false, reason: "slug-taken" };
  } finally {
    if (!isCreated && logoId !== null) await storage.delete([logoKey(logoId)]);
  }
}

function madeToday(userId: string): RateLimit {
  return { key: `organization:${userId}`, times: ORGANIZATIONS_MADE_PER_DAY, seconds: DAY_SECONDS };
}

type Values = { grant: Grant<"self">; id: string; name: string; slugs: readonly string[]; logoId: string | null };

function insertOrganization(may: Writer, { grant: { userId, now }, id, name, slugs, logoId }: Values) {
  const { db, when } = may.unsafe("Nobody belongs to an organization before it is created.");
  const slug = firstFree(slugs, now);
  const at = now.getTime();
  return db.run(sql`
    insert into organization (id, name, slug, logo, created_at, updated_at)
    select ${id}, ${name}, ${slug}, ${logoId}, ${at}, ${at}
    where ${when} and ${slug} is not null
      and not exists (select 1 from organization where id = ${id})
      and ${mayOwnOneMore(userId)}
      and ${isBelow(madeToday(userId), now)}
      and (
        not exists (select 1 from member where user_id = ${userId})
        or exists (select 1 from member where user_id = ${userId} and role in ${creatingRoles})
      )`);
}

function firstFree(candidates: readonly string[], now: Date) {
  return sql`(
    select value from json_each(${JSON.stringify(candidates)})
    where not exists (select 1 from organization where slug = value)
      and not exists (select 1 from former_slug where slug = value and held_until > ${now.getTime()})
    order by key limit 1)`;
}

function randomLetters(id: string, length: number): string {
  const random = Number.parseInt(id.replaceAll("-", "").slice(-12), 16);
  return random.toString(36).padStart(length, "0").slice(-length);
}
