import { and, eq, type SQL, sql } from "drizzle-orm";
import { audited } from "#app/audit/entries.server.ts";
import { formerSlug, organization } from "#app/db/schema/organizations.ts";
import { organizations, searchStatement } from "#app/db/search.server.ts";
import { type Square, squareOf } from "#app/pictures/square.server.ts";
import type { Grant, SteppingUp } from "#app/request/grant.server.ts";
import type { UploadedImage } from "#app/request/uploaded-image.ts";
import { FORMER_SLUG_DAYS } from "../limits.ts";
import { logoKey } from "../logos.server.ts";
import type { Slug } from "../schemas.ts";

type Updating = Grant<"organization:update">;

type NoSquare = Extract<Square, { ok: false }>;

type Updated = { ok: true } | { ok: false; reason: "not-allowed" };

export async function renameOrganization(grant: Updating, name: string): Promise<Updated> {
  const change = audited(grant, {
    action: "organization.renamed",
    ...named,
    before: sql`json_object('name', ${organization.name})`,
    after: { name },
    from: sql`from ${organization} where ${own(grant)} and ${organization.name} <> ${name} and ${grant.stillMay}`,
  });
  const [, , [held]] = await grant.commit([
    change.entry,
    update(grant, { name }, change.isWritten),
    stillHeld(grant),
    searchStatement(grant.db, organizations, { id: grant.organizationId, name }),
  ]);
  return held?.isHeld ? { ok: true } : { ok: false, reason: "not-allowed" };
}

/** Gives the organization another slug. The old one leads to it, and is held for it, for ninety days. */
export async function moveOrganization(
  grant: Updating,
  slug: Slug,
): Promise<{ ok: true; slug: Slug } | { ok: false; reason: "slug-taken" | "not-allowed" }> {
  const { db, organizationId, now } = grant;
  const isHeld = sql`exists (
    select 1 from ${formerSlug} where ${formerSlug.slug} = ${slug} and ${formerSlug.organizationId} is not ${organizationId}
      and ${formerSlug.heldUntil} > ${now.getTime()})`;
  const isTaken = sql`exists (select 1 from organization as other where other.slug = ${slug})`;
  const change = audited(grant, {
    action: "organization.moved",
    ...named,
    before: sql`json_object('slug', ${organization.slug})`,
    after: { slug },
    from: sql`from ${organization} where ${own(grant)} and not ${isTaken} and not ${isHeld} and ${grant.stillMay}`,
  });
  const heldUntil = now.getTime() + FORMER_SLUG_DAYS * 86_400_000;
  const [, , , , [found], [held]] = await grant.commit([
    change.entry,
    db.delete(formerSlug).where(and(eq(formerSlug.slug, slug), change.isWritten)),
    db.run(sql`
      insert into ${formerSlug} (slug, organization_id, held_until)
      select ${organization.slug}, ${organization.id}, ${heldUntil} from ${organization} where ${own(grant)} and ${change.isWritten}
      on conflict (slug) do update set organization_id = excluded.organization_id, held_until = excluded.held_until`),
    update(grant, { slug }, change.isWritten),
    db.select({ slug: organization.slug }).from(organization).where(own(grant)),
    stillHeld(grant),
  ]);
  if (found?.slug === slug) return { ok: true, slug };
  return { ok: false, reason: held?.isHeld ? "slug-taken" : "not-allowed" };
}

/**
 * Whether members must have given two factors. Whoever requires it has, or they would be the first to be locked out; whoever no
 * longer requires it has just proved who they are.
 */
export async function requireSecondFactor(
  grant: SteppingUp<Updating>,
  requiresSecondFactor: boolean,
): Promise<Updated | { ok: false; reason: "one-factor" | "stale" }> {
  const { db, viewer, fresh } = grant;
  if (!requiresSecondFactor && fresh === null) return { ok: false, reason: "stale" };
  const { stillMay } = requiresSecondFactor || fresh === null ? grant : fresh;
  const hasBoth = sql`exists (select 1 from session where session.token = ${viewer.sessionToken} and session.factors = 2)`;
  const change = audited(grant, {
    action: requiresSecondFactor ? "organization.second-factor-required" : "organization.second-factor-optional",
    ...named,
    from: sql`from ${organization} where ${own(grant)} and ${organization.requiresSecondFactor} <> ${requiresSecondFactor ? 1 : 0}
      and ${stillMay} and (${requiresSecondFactor ? 0 : 1} or ${hasBoth})`,
  });
  const [, , [found], [held]] = await grant.commit([
    change.entry,
    update(grant, { requiresSecondFactor }, change.isWritten),
    db.select({ requiresSecondFactor: organization.requiresSecondFactor }).from(organization).where(own(grant)),
    stillHeld(grant),
  ]);
  if (found?.requiresSecondFactor === requiresSecondFactor) return { ok: true };
  return { ok: false, reason: held?.isHeld ? "one-factor" : "not-allowed" };
}

/** Takes a new logo; the file of the one before leaves storage once the row speaks of the new one. */
export async function changeLogo(grant: Updating, uploaded: UploadedImage): Promise<Updated | NoSquare> {
  const made = await squareOf(grant.decode, uploaded);
  if (!made.ok) return made;
  const logo = grant.newId();
  // When this throws, or the batch below does, nobody knows whether the row stands; the sweep finds out.
  await grant.storage.put(logoKey(logo), made.picture.stream, made.picture);
  const replaced = await replaceLogo(grant, logo);
  if (!replaced.ok) await grant.storage.delete([logoKey(logo)]);
  return replaced;
}

export function removeLogo(grant: Updating): Promise<Updated> {
  return replaceLogo(grant, null);
}

async function replaceLogo(grant: Updating, logo: string | null): Promise<Updated> {
  const { db, storage } = grant;
  const change = audited(grant, {
    action: logo === null ? "organization.logo-removed" : "organization.logo-changed",
    ...named,
    from: sql`from ${organization} where ${own(grant)} and ${organization.logo} is not ${logo} and ${grant.stillMay}`,
  });
  const [[before], , , [held]] = await grant.commit([
    db.select({ logo: organization.logo }).from(organization).where(own(grant)),
    change.entry,
    update(grant, { logo }, change.isWritten),
    stillHeld(grant),
  ]);
  if (!held?.isHeld) return { ok: false, reason: "not-allowed" };
  const { logo: former } = before ?? { logo };
  if (former !== null && former !== logo) grant.after(() => storage.delete([logoKey(former)]));
  return { ok: true };
}

const named = { target: { id: sql`${organization.id}`, name: sql`${organization.name}` } };

function stillHeld({ db, stillMay }: Updating) {
  return db.all<{ isHeld: number }>(sql`select ${stillMay} as isHeld`);
}

function own({ organizationId }: Updating) {
  return eq(organization.id, organizationId);
}

type Settings = Partial<Pick<typeof organization.$inferInsert, "name" | "slug" | "logo" | "requiresSecondFactor">>;

function update(grant: Updating, settings: Settings, when: SQL) {
  return grant.db
    .update(organization)
    .set({ ...settings, updatedAt: grant.now })
    .where(and(own(grant), when));
}
