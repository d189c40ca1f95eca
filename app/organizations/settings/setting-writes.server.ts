import { eq, ne, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { formerSlug, organization, organizations } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { UploadedImage } from "#app/fields/uploaded-image.ts";
import type { Grant, SteppingUp } from "#app/operation/grant.server.ts";
import type { Drawn } from "#app/pictures/drawn.server.ts";
import { squareOf } from "#app/pictures/square.server.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import { FORMER_SLUG_DAYS } from "../limits.ts";
import { logoKey } from "../logos.server.ts";

type Updating = Grant<"organization:update">;

type NoSquare = Extract<Drawn, { ok: false }>;

export async function renameOrganization(grant: Updating, { name }: { name: string }): Promise<{ ok: true }> {
  await change(grant, {
    action: "organization.renamed",
    ...named,
    before: { name: organization.name },
    after: { name },
    where: ne(organization.name, name),
    makes: (entry) => ({
      name: entry.update(organization, { name, updatedAt: grant.now }),
      search: entry.searchable(organizations, { id: grant.organizationId, name }),
    }),
  });
  return { ok: true };
}

export async function moveOrganization(
  grant: Updating,
  { slug }: { slug: Slug },
): Promise<{ ok: true; slug: Slug } | { ok: false; reason: "slug-taken" }> {
  const { organizationId, now } = grant;
  const isHeld = sql`exists (
    select 1 from ${formerSlug} where ${formerSlug.slug} = ${slug} and ${formerSlug.organizationId} is not ${organizationId}
      and ${formerSlug.heldUntil} > ${now.getTime()})`;
  const isTaken = sql`exists (select 1 from organization as other where other.slug = ${slug})`;
  const heldUntil = now.getTime() + FORMER_SLUG_DAYS * DAY_MS;
  const { facts } = await change(grant, {
    action: "organization.moved",
    ...named,
    before: { slug: organization.slug },
    after: { slug },
    where: [sql`not ${isTaken}`, sql`not ${isHeld}`],
    makes: (entry) => {
      const { db, when } = entry.unsafe("A slug that is no longer held may have belonged to another organization.");
      return {
        taken: entry.remove(formerSlug, eq(formerSlug.slug, slug)),
        former: db.run(sql`
          insert into ${formerSlug} (slug, organization_id, held_until)
          select ${organization.slug}, ${organization.id}, ${heldUntil} from ${organization} where ${grant.rows(organization, when)}
          on conflict (slug) do update set organization_id = excluded.organization_id, held_until = excluded.held_until`),
        slug: entry.update(organization, { slug, updatedAt: now }),
      };
    },
    facts: { found: grant.select({ slug: organization.slug }).from(organization) },
  });
  return facts.found[0]?.slug === slug ? { ok: true, slug } : { ok: false, reason: "slug-taken" };
}

/** Only an owner signed in with two factors can require them, so nobody locks themselves out. Ending it takes a fresh proof. */
export async function requireSecondFactor(
  grant: SteppingUp<Updating>,
  { required }: { required: boolean },
): Promise<{ ok: true } | { ok: false; reason: "one-factor" | "stale" }> {
  const { viewer, fresh } = grant;
  if (!required && fresh === null) return { ok: false, reason: "stale" };
  const hasBoth = sql`exists (select 1 from session where session.token = ${viewer?.sessionToken ?? null} and session.factors = 2)`;
  const { facts } = await change(required ? grant : (fresh ?? grant), {
    action: required ? "organization.second-factor-required" : "organization.second-factor-optional",
    ...named,
    where: [ne(organization.requiresSecondFactor, required), required ? hasBoth : undefined],
    makes: (entry) => ({
      rule: entry.update(organization, { requiresSecondFactor: required, updatedAt: grant.now }),
    }),
    facts: { found: grant.select({ required: organization.requiresSecondFactor }).from(organization) },
  });
  return facts.found[0]?.required === required ? { ok: true } : { ok: false, reason: "one-factor" };
}

export async function changeLogo(
  grant: Updating,
  { logo: uploaded }: { logo: UploadedImage },
): Promise<{ ok: true } | NoSquare> {
  const made = await squareOf(grant.decode, uploaded);
  if (!made.ok) return made;
  const logo = grant.newId();
  // If this or the change below throws, it is unknown whether the row was written. The sweep deletes a file without a row.
  await grant.storage.put(logoKey(logo), made.picture.stream, made.picture);
  return replaceLogo(grant, logo);
}

export function removeLogo(grant: Updating): Promise<{ ok: true }> {
  return replaceLogo(grant, null);
}

async function replaceLogo(grant: Updating, logo: string | null): Promise<{ ok: true }> {
  const { first } = await change(grant, {
    action: logo === null ? "organization.logo-removed" : "organization.logo-changed",
    ...named,
    where: sql`${organization.logo} is not ${logo}`,
    first: () => ({ before: grant.select({ logo: organization.logo }).from(organization) }),
    makes: (entry) => ({ logo: entry.update(organization, { logo, updatedAt: grant.now }) }),
  });
  const { logo: former } = first.before[0] ?? { logo };
  if (former !== null && former !== logo) grant.after(() => grant.storage.delete([logoKey(former)]));
  return { ok: true };
}

const named = { from: organization, target: { id: organization.id, name: organization.name } };
