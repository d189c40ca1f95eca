import { eq, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { invitation, inviteLink, isRuling, member, organization } from "#app/db/schema/organizations.ts";
import { session, user } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isFullOrganization } from "#app/tenancy/inviting.ts";
import { digest } from "#app/tokens.server.ts";
import { silencedBy } from "../invitations/ending.server.ts";
import { isHeld, isOpen } from "./invite-link-life.server.ts";

export type LinkPreview = { organizationName: string; slug: string | null } & (
  | { state: "over" }
  | {
      state: "open";
      domain: string | null;
      expiresAt: number;
      viewer: { email: string; lacks: Lack | null } | null;
    }
);

/** What keeps a person from joining with an open link. */
export type Lack = "unverified" | "other-domain" | "one-factor" | "removed" | "organization-full";

/** Reading it does not join. Null if no link has this token. */
export function linkPreview(scope: Scope<"public">, token: string): Plan<LinkPreview | null> {
  const { userId, viewer, now } = scope;
  const asking = { userId, sessionToken: viewer?.sessionToken ?? null, now };
  const found = scope
    .unsafe(BY_ITS_TOKEN)
    .select({
      ...{ organizationName: organization.name, slug: organization.slug },
      ...{ domain: inviteLink.domain, expiresAt: inviteLink.expiresAt, ...answersTo(conditionsFor(asking)) },
    })
    .from(inviteLink)
    .innerJoin(organization, eq(organization.id, inviteLink.organizationId))
    .where(hasToken(token));
  const person = scope.select({ email: user.email }).from(user);
  return plan({ found, person }, ({ found: [row], person: [someone] }) => {
    if (row === undefined) return null;
    const { organizationName, domain, expiresAt } = row;
    const shared = { organizationName, slug: row.isMember ? row.slug : null };
    if (!row.isOpen) return { ...shared, state: "over" };
    return {
      ...{ ...shared, state: "open", domain, expiresAt: expiresAt.getTime() },
      viewer: someone === undefined ? null : { email: someone.email, lacks: row.isMember ? null : lackOf(row) },
    };
  });
}

type NotJoined = "not-found" | "over" | Lack;

/** Joins as a member if all conditions hold when the batch runs. Someone who is already a member does not use up the link. */
export async function joinByLink(
  grant: Grant<"self">,
  { id: token }: { id: string },
): Promise<{ ok: true; slug: string } | { ok: false; reason: NotJoined }> {
  const { userId, viewer, now } = grant;
  const conditions = conditionsFor({ userId, sessionToken: viewer.sessionToken, now });
  const { isMember, wasRemoved, ...needed } = conditions;
  const isMet = sql.join([...Object.values(needed), sql`not ${isMember}`, sql`not ${wasRemoved}`], sql` and `);
  const part = (column: AnySQLiteColumn) => sql`(select ${column} from ${inviteLink} where ${hasToken(token)})`;
  const organizationId = part(inviteLink.organizationId);
  const { facts } = await change(grant, {
    action: "member.joined",
    organizationId,
    target: { id: userId, name: sql`(select ${user.name} from ${user} where ${user.id} = ${userId})` },
    after: { role: "member", link: part(inviteLink.prefix) },
    where: sql`exists (
      select 1 from ${inviteLink} join ${organization} on ${organization.id} = ${inviteLink.organizationId}
      where ${hasToken(token)} and ${isMet})`,
    makes: (entry) => ({
      membership: entry.insert(member, {
        ...{ id: grant.newId(), organizationId, role: "member", lastActiveAt: now, createdAt: now },
      }),
      ...useUp(entry, token),
      ...closeInvitations(entry, { organizationId, userId }),
      news: entry.news({
        type: "member-joined",
        to: sql`select user_id from member where organization_id = ${organizationId} and ${isRuling(member.role)}`,
        organization: { id: organizationId, name: sql`(select name from organization where id = ${organizationId})` },
        role: "member",
      }),
    }),
    facts: {
      found: grant
        .unsafe(BY_ITS_TOKEN)
        .select({ slug: organization.slug, ...answersTo(conditions) })
        .from(inviteLink)
        .innerJoin(organization, eq(organization.id, inviteLink.organizationId))
        .where(hasToken(token)),
    },
  });
  const [found] = facts.found;
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (found.isMember) return { ok: true, slug: found.slug };
  if (!found.isOpen) return { ok: false, reason: "over" };
  return { ok: false, reason: lackOf(found) ?? "organization-full" };
}

const BY_ITS_TOKEN = "People who are not members find an invite link by its token.";

function hasToken(token: string): SQL {
  return eq(inviteLink.tokenHash, digest(token));
}

type Asking = { userId: string | SQL; sessionToken: string | null; now: Date };

/** SQL over a link and its organization. For a person to join, the last two must be false and all others true. */
function conditionsFor({ userId, sessionToken, now }: Asking) {
  const provedEmail = sql`(select ${user.email} from ${user} where ${user.id} = ${userId} and ${user.emailVerified})`;
  const ofPerson = (entry: SQL) =>
    sql`${entry}.target_id = ${userId} and ${entry}.organization_id = ${inviteLink.organizationId}`;
  return {
    isOpen: sql`(${isOpen(now)} and ${isHeld})`,
    isVerified: sql`(${provedEmail} is not null)`,
    isOfDomain: sql`(${inviteLink.domain} is null
      or substr(${provedEmail}, -length(${inviteLink.domain}) - 1) = '@' || ${inviteLink.domain})`,
    hasFactors: sql`(not ${organization.requiresSecondFactor} or exists (
      select 1 from ${session} where ${session.token} = ${sessionToken} and ${session.factors} = 2))`,
    hasRoom: sql`not ${isFullOrganization()}`,
    isMember: sql`exists (
      select 1 from ${member} where ${member.organizationId} = ${inviteLink.organizationId} and ${member.userId} = ${userId})`,
    // A person who was removed can only return by an invitation to their address.
    wasRemoved: sql`exists (
      select 1 from ${auditEntry} as removal where ${ofPerson(sql`removal`)} and removal.action = 'member.removed'
        and not exists (
          select 1 from ${auditEntry} as coming where ${ofPerson(sql`coming`)} and coming.action = 'member.joined'
            and coming.created_at > removal.created_at))`,
  };
}

type Conditions = ReturnType<typeof conditionsFor>;

function answersTo(conditions: Conditions) {
  const answers = Object.entries(conditions).map(([name, each]) => [name, isTrue(each)]);
  return Object.fromEntries(answers) as Record<keyof Conditions, SQL<boolean>>;
}

/** Only a person who could join otherwise learns that there is no room. */
function lackOf(answers: Record<keyof Conditions, boolean>): Lack | null {
  if (!answers.isVerified) return "unverified";
  if (!answers.isOfDomain) return "other-domain";
  if (answers.wasRemoved) return "removed";
  if (!answers.hasFactors) return "one-factor";
  return answers.hasRoom ? null : "organization-full";
}

function useUp(entry: Writer, token: string) {
  const { db, when } = entry.unsafe(BY_ITS_TOKEN);
  return { use: db.run(sql`update ${inviteLink} set uses = uses + 1 where token_hash = ${digest(token)} and ${when}`) };
}

type Joining = { organizationId: SQL; userId: string };

/** Closes the invitations to the person's address, which have nothing left to ask: there is no second membership. */
function closeInvitations(entry: Writer, { organizationId, userId }: Joining) {
  const { db, when } = entry.unsafe("The person is not a member yet, so the invitation is outside their reach.");
  const waiting = sql`organization_id = ${organizationId} and status = 'pending' and email = (
    select email from ${user} where ${user.id} = ${userId})`;
  return {
    ...silencedBy(entry, { which: waiting }),
    invitation: db.run(sql`update ${invitation} set status = 'accepted' where ${waiting} and ${when}`),
  };
}
