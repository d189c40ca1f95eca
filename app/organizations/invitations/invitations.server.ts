import { and, asc, desc, eq, gt, inArray, or, type SQL, sql } from "drizzle-orm";
import { isTrue } from "#app/db/is-true.server.ts";
import { mail } from "#app/db/schema/mail.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type OnePage, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isHeldInvitation, isOpenInvitation, type Lack, lackOf } from "#app/tenancy/inviting.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { digest } from "#app/tokens.server.ts";
import { EXPIRED_INVITATION_DAYS, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import { invitationPath } from "./invitation-link.ts";
import { inviterName } from "./inviter-name.server.ts";
import type { InvitationId } from "./schemas.ts";

export type Invitation = {
  id: string;
  email: string;
  role: Role;
  inviterName: string | null;
  expiresAt: number;
  isExpired: boolean;
  /** If false, nobody can accept it until it is sent again. See `isHeldInvitation` for the reasons. */
  isHeld: boolean;
  /** Works only for a person who has proved the invited address. Null if made with another secret: send it again first. */
  link: string | null;
  delivery: Delivery;
};

type Delivery = "sending" | "sent" | "delayed" | "failed";

type Reading = Scope<
  "member:read" | "invitation:read" | "invitation:update" | "invitation:delete" | "organization:transfer"
>;

/** Unanswered invitations, newest first, including recently expired ones, which can be sent again. */
export function openInvitations(scope: Scope<"member:read">): Plan<Invitation[]> {
  const rows = openRows(scope, eq(invitation.organizationId, scope.organizationIf("invitation:read")))
    .orderBy(desc(invitation.expiresAt), desc(invitation.id))
    .limit(2 * PENDING_INVITATIONS_MAXIMUM);
  return plan({ rows }, ({ rows }) => rows.map((row) => toInvitation(row, scope)));
}

/** The same for programs, oldest first, as a page that begins after a given invitation. */
export function invitationsAfter(
  scope: Scope<"invitation:read">,
  { organization: slug, limit, after }: OnePage,
): Plan<Paged<Invitation>> {
  const isLater = after && sql`(${invitation.createdAt}, ${invitation.id}) > (${after.at}, ${after.id})`;
  const rows = openRows(scope, isLater ?? sql`true`)
    .orderBy(asc(invitation.createdAt), asc(invitation.id))
    .limit(limit + 1);
  return plan({ rows }, ({ rows }) =>
    pageOf(rows, {
      limit,
      list: ["invitations", slug],
      place: ({ createdAt, id }) => ({ at: createdAt.getTime(), id }),
      shows: (row) => toInvitation(row, scope),
    }),
  );
}

export function invitationDetails(
  scope: Reading,
  { invitation: id }: { invitation: InvitationId },
): Plan<Invitation | null> {
  const row = openRows(scope, eq(invitation.id, id));
  return plan({ row }, ({ row: [found] }) => (found === undefined ? null : toInvitation(found, scope)));
}

/** What the form of its role is filled with; null: it is not open. */
export function invitationRole(
  scope: Scope<"invitation:update">,
  { invitation: id }: { invitation: InvitationId },
): Plan<{ role: Role } | null> {
  const row = scope
    .select({ role: invitation.role })
    .from(invitation)
    .where(and(eq(invitation.id, id), eq(invitation.status, "pending")));
  return plan({ row }, ({ row: [found] }) => found ?? null);
}

function openRows(scope: Reading, which: SQL) {
  const { now } = scope;
  return scope
    .select({
      id: invitation.id,
      tokenHash: invitation.tokenHash,
      email: invitation.email,
      role: invitation.role,
      inviterName,
      expiresAt: invitation.expiresAt,
      createdAt: invitation.createdAt,
      isHeld: isTrue(isHeldInvitation(now)),
      mailStatus: mail.status,
      mailError: mail.lastError,
    })
    .from(invitation)
    .leftJoin(mail, eq(mail.id, invitation.mailId))
    .where(
      and(
        inArray(invitation.status, ["pending", "expired"]),
        gt(invitation.expiresAt, new Date(now.getTime() - EXPIRED_INVITATION_DAYS * DAY_MS)),
        or(gt(invitation.expiresAt, now), isWorthSendingAgain),
        which,
      ),
    );
}

/** SQL that is false if the address has joined meanwhile or has a newer invitation. */
const isWorthSendingAgain = sql`not exists (
    select 1 from member join user on user.id = member.user_id
    where member.organization_id = ${invitation.organizationId} and user.email = ${invitation.email})
  and not exists (
    select 1 from invitation as newer where newer.organization_id = ${invitation.organizationId}
      and newer.email = ${invitation.email} and newer.status = 'pending' and newer.id <> ${invitation.id})`;

type Row = Awaited<ReturnType<typeof openRows>>[number];

function toInvitation(row: Row, { now, appUrl, tokenFor }: Reading): Invitation {
  const { tokenHash, mailStatus, mailError, expiresAt, createdAt: _, ...shown } = row;
  const token = tokenFor(`invitation:${row.id}`);
  return {
    ...shown,
    expiresAt: expiresAt.getTime(),
    isExpired: expiresAt <= now,
    link: digest(token) === tokenHash ? appUrl + invitationPath(token) : null,
    delivery: deliveryOf(mailStatus, mailError),
  };
}

function deliveryOf(status: (typeof mail.$inferSelect)["status"] | null, error: string | null): Delivery {
  // Sent mails are deleted after a while, so a missing mail was sent.
  if (status === "sent" || status === null) return "sent";
  if (status === "given-up") return "failed";
  return error === null ? "sending" : "delayed";
}

export type WaitingInvitation = {
  id: string;
  organizationName: string;
  role: Role;
  inviterName: string | null;
  expiresAt: number;
  lacks: Lack | null;
};

export function waitingInvitations(scope: Scope<"self">): Plan<WaitingInvitation[]> {
  const provedAddress = scope.select({ email: user.email }).from(user).where(eq(user.emailVerified, true));
  const waiting = scope
    .unsafe("An invitation is for an email address whose owner is not a member yet.")
    .select({
      id: invitation.id,
      organizationName: organization.name,
      role: invitation.role,
      inviterName,
      expiresAt: invitation.expiresAt,
      lacks: lackOf(scope.userId),
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .where(and(eq(invitation.email, sql`(${provedAddress})`), isOpenInvitation(scope.now), isHeldInvitation(scope.now)))
    .orderBy(desc(invitation.createdAt));
  return plan({ waiting }, (rows) =>
    rows.waiting.map(({ expiresAt, ...row }) => ({ ...row, expiresAt: expiresAt.getTime() })),
  );
}
