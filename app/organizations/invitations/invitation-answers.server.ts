import { and, eq, ne, or, type SQL, sql } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";
import { change, type Writer } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { invitation, isOwner, isRuling, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isHeldInvitation, isOpenInvitation, type Lack, lackOf, statusAt } from "#app/tenancy/inviting.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { digest } from "#app/tokens.server.ts";
import { silencedBy } from "./ending.server.ts";
import { inviterName } from "./inviter-name.server.ts";

export type Preview = {
  organizationName: string;
  slug: string | null;
} & (
  | { state: "expired" | "revoked" | "declined" | "accepted" | "lapsed" }
  | {
      state: "open";
      email: string;
      role: Role;
      inviterName: string | null;
      expiresAt: number;
      viewer: { email: string; isInvited: boolean; lacks: Lack | null } | null;
    }
);

/** Reading it does not join. `name` is the link's token or, for the invited person, the id. Null if there is no invitation. */
export function invitationPreview(scope: Scope<"public">, name: string): Plan<Preview | null> {
  const { userId, now } = scope;
  const found = scope
    .unsafe(BY_ITS_NAME)
    .select({
      status: invitation.status,
      organizationName: organization.name,
      slug: organization.slug,
      email: invitation.email,
      role: invitation.role,
      inviterName,
      expiresAt: invitation.expiresAt,
      isHeld: isTrue(isHeldInvitation(now)),
      isMember: isTrue(sql`exists (
        select 1 from ${member} where ${member.organizationId} = ${invitation.organizationId} and ${member.userId} = ${userId})`),
      lacks: lackOf(userId),
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .where(
      or(
        eq(invitation.tokenHash, digest(name)),
        // Inside the product, links to an invitation have its id, which works only for the invited person.
        and(
          eq(invitation.id, name),
          sql`${invitation.email} = (
          select email from user as viewer where viewer.id = ${userId} and viewer.email_verified)`,
        ),
      ),
    );
  const person = scope.select({ email: user.email, isProved: user.emailVerified }).from(user);
  return plan({ found, person }, ({ found: [row], person: [viewer] }) => {
    if (row === undefined) return null;
    const { organizationName, email, role, inviterName, expiresAt } = row;
    const shared = { organizationName, slug: row.isMember ? row.slug : null };
    const isInvited = viewer?.isProved === true && viewer.email === email;
    const lacks = isInvited ? row.lacks : null;
    const status = statusAt(now, row);
    if (status !== "pending") return { ...shared, state: status };
    if (!row.isHeld) return { ...shared, state: "lapsed" };
    return {
      ...shared,
      state: "open",
      email,
      role,
      inviterName,
      expiresAt: expiresAt.getTime(),
      viewer: viewer ? { email: viewer.email, isInvited, lacks } : null,
    };
  });
}

type Refusal = "not-found" | "wrong-account" | "expired" | "closed" | Lack;
type Answering = { id: string };

/**
 * Joins if the invitation is open, its sender may still invite, it is for an address that this person has proved, and there is
 * room; all in one batch. `id` is the link's token or the invitation's id.
 */
export async function acceptInvitation(
  grant: Grant<"self">,
  { id: name }: Answering,
): Promise<{ ok: true; slug: string } | { ok: false; reason: Refusal }> {
  const { userId, now } = grant;
  const isMember = sql`exists (
    select 1 from ${member} where ${member.organizationId} = ${invitation.organizationId} and ${member.userId} = ${userId})`;
  const { organizationId, role } = partsOf(name);
  const { facts } = await change(grant, {
    action: "member.joined",
    organizationId,
    target: { id: userId, name: sql`(select ${user.name} from ${user} where ${user.id} = ${userId})` },
    after: { role },
    where: sql`exists (
      select 1 ${openTo(grant, name)} and ${isHeldInvitation(now)} and not ${isMember} and ${lackOf(userId)} is null)`,
    first: (may) => closeInvitation(may, { name, status: "accepted", where: and(isMember, isTo(grant)) }),
    makes: (entry) => ({
      membership: entry.insert(member, {
        ...{ id: grant.newId(), organizationId, role, lastActiveAt: now, createdAt: now },
      }),
      ...closeInvitation(entry, { name, status: "accepted" }),
      news: entry.news({
        type: "member-joined",
        to: sql`select user_id from member where organization_id = ${organizationId} and ${isRuling(member.role)}`,
        organization: { id: organizationId, name: nameOf(organizationId) },
        role,
      }),
    }),
    facts: {
      found: grant
        .unsafe(BY_ITS_NAME)
        .select({
          slug: organization.slug,
          status: invitation.status,
          expiresAt: invitation.expiresAt,
          isHeld: isTrue(isHeldInvitation(now)),
          isMine: isTrue(isTo(grant)),
          isMember: isTrue(isMember),
          lacks: lackOf(userId),
        })
        .from(invitation)
        .innerJoin(organization, eq(organization.id, invitation.organizationId))
        .where(isCalled(name)),
    },
  });
  const [found] = facts.found;
  if (found === undefined) return { ok: false, reason: "not-found" };
  if (!found.isMine) return { ok: false, reason: "wrong-account" };
  if (found.isMember) return { ok: true, slug: found.slug };
  const status = statusAt(now, found);
  if (status === "expired") return { ok: false, reason: "expired" };
  if (status !== "pending" || !found.isHeld) return { ok: false, reason: "closed" };
  return { ok: false, reason: found.lacks ?? "organization-full" };
}

export async function declineInvitation(
  grant: Grant<"self">,
  { id: name }: Answering,
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "wrong-account" | "closed" }> {
  const { id, email, organizationId, inviter } = partsOf(name);
  const { isMade, facts } = await change(grant, {
    action: "invitation.declined",
    organizationId,
    target: { id, name: email },
    where: sql`exists (select 1 ${openTo(grant, name)})`,
    makes: (entry) => ({
      ...closeInvitation(entry, { name, status: "declined" }),
      news: entry.news({
        type: "invitation-declined",
        to: sql`
          select user_id from member where organization_id = ${organizationId} and user_id = ${inviter}
          union
          select user_id from member where organization_id = ${organizationId} and ${isOwner(member.role)} and not exists (
            select 1 from member as still where still.organization_id = ${organizationId} and still.user_id = ${inviter})`,
        organization: { id: organizationId, name: nameOf(organizationId) },
        invitationId: id,
      }),
    }),
    facts: {
      found: grant
        .unsafe(BY_ITS_NAME)
        .select({ status: invitation.status, isMine: isTrue(isTo(grant)) })
        .from(invitation)
        .where(isCalled(name)),
    },
  });
  const [found] = facts.found;
  if (isMade || (found?.isMine && found.status === "declined")) return { ok: true };
  if (found === undefined) return { ok: false, reason: "not-found" };
  return { ok: false, reason: found.isMine ? "closed" : "wrong-account" };
}

const BY_ITS_NAME = "People who are not members find an invitation by its link or its id.";

function isCalled(name: string): SQL {
  return sql`(${invitation.tokenHash} = ${digest(name)} or ${invitation.id} = ${name})`;
}

function isTo({ userId }: Grant<"self">): SQL {
  return sql`exists (
    select 1 from ${user} where ${user.id} = ${userId} and ${user.emailVerified} and ${user.email} = ${invitation.email})`;
}

function openTo({ userId, now }: Grant<"self">, name: string): SQL {
  return sql`from ${invitation}
    join ${organization} on ${organization.id} = ${invitation.organizationId}
    join ${user} on ${user.id} = ${userId} and ${user.emailVerified} and ${user.email} = ${invitation.email}
    where ${isCalled(name)} and ${isOpenInvitation(now)}`;
}

function partsOf(name: string) {
  const part = (column: AnySQLiteColumn) => sql`(select ${column} from ${invitation} where ${isCalled(name)})`;
  const { id, email, organizationId, role, inviterId } = invitation;
  return {
    id: part(id),
    email: part(email),
    organizationId: part(organizationId),
    role: part(role),
    inviter: part(inviterId),
  };
}

function nameOf(organizationId: SQL): SQL {
  return sql`(select name from organization where id = ${organizationId})`;
}

type Answered = { name: string; status: "accepted" | "declined"; where?: SQL | undefined };

function closeInvitation(entry: Writer, { name, status, where }: Answered) {
  const { db, when } = entry.unsafe(BY_ITS_NAME);
  return {
    invitation: db
      .update(invitation)
      .set({ status })
      .where(and(isCalled(name), eq(invitation.status, "pending"), where, when)),
    ...silencedBy(entry, { which: and(isCalled(name), ne(invitation.status, "pending")) }),
  };
}
