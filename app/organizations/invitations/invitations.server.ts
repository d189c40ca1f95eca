import { and, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { mail } from "#app/db/schema/mail.ts";
import { invitation, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { EXPIRED_INVITATION_DAYS, PENDING_INVITATIONS_MAXIMUM } from "../limits.ts";
import type { Role } from "../permissions.ts";
import { invitationPath } from "./invitation-link.ts";
import type { InvitationId } from "./schemas.ts";

const DAY_MS = 86_400_000;

export type Invitation = {
  id: string;
  email: string;
  role: Role;
  /** Null: the inviter's account is gone. */
  inviterName: string | null;
  /** Milliseconds. */
  expiresAt: number;
  isExpired: boolean;
  /** Whole, to be copied. It opens nothing to whoever has not proved the invited address. */
  link: string;
  delivery: Delivery;
};

/** What became of the mail. "delayed": it failed and will be tried again; "failed": it was given up. */
export type Delivery = "sending" | "sent" | "delayed" | "failed";

type Reading = Scope<"member:read" | "invitation:read" | "invitation:update" | "invitation:delete">;

/** Invitations without an answer, newest first; those that ran out lately are among them, to be sent again. */
export function openInvitations(scope: Reading): Plan<Invitation[]> {
  const rows = openRows(scope)
    .orderBy(desc(invitation.expiresAt), desc(invitation.id))
    .limit(2 * PENDING_INVITATIONS_MAXIMUM);
  return plan({ rows }, ({ rows }) => rows.map((row) => toInvitation(row, scope)));
}

/** One of them, or null. */
export function invitationDetails(scope: Reading, id: InvitationId): Plan<Invitation | null> {
  const row = openRows(scope, eq(invitation.id, id));
  return plan({ row }, ({ row: [found] }) => (found === undefined ? null : toInvitation(found, scope)));
}

function openRows({ db, now, organizationIf }: Reading, which?: SQL) {
  return db
    .select({
      id: invitation.id,
      email: invitation.email,
      role: invitation.role,
      inviterName: user.name,
      expiresAt: invitation.expiresAt,
      mailStatus: mail.status,
      mailError: mail.lastError,
    })
    .from(invitation)
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .leftJoin(mail, eq(mail.id, invitation.mailId))
    .where(
      and(
        eq(invitation.organizationId, organizationIf("invitation:read")),
        inArray(invitation.status, ["pending", "expired"]),
        gt(invitation.expiresAt, new Date(now.getTime() - EXPIRED_INVITATION_DAYS * DAY_MS)),
        which,
      ),
    )
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof openRows>>[number];

function toInvitation({ mailStatus, mailError, expiresAt, ...row }: Row, { now, appUrl, tokenFor }: Reading) {
  return {
    ...row,
    expiresAt: expiresAt.getTime(),
    isExpired: expiresAt <= now,
    link: appUrl + invitationPath(tokenFor(`invitation:${row.id}`)),
    delivery: deliveryOf(mailStatus, mailError),
  };
}

function deliveryOf(status: (typeof mail.$inferSelect)["status"] | null, error: string | null): Delivery {
  // Mails that are sent or given up are not kept for ever; one that is missing is long done.
  if (status === "sent" || status === null) return "sent";
  if (status === "given-up") return "failed";
  return error === null ? "sending" : "delayed";
}

export type WaitingInvitation = {
  /** Of its link; what the answer is sent with. */
  token: string;
  organizationName: string;
  role: Role;
  /** Null: the inviter's account is gone. */
  inviterName: string | null;
  /** Milliseconds. */
  expiresAt: number;
};

/** Invitations that wait for this person: pending, not run out, to the address they have proved. */
export function waitingInvitations({ db, userId, now, tokenFor }: Scope<"self">): Plan<WaitingInvitation[]> {
  const provedAddress = db
    .select({ email: user.email })
    .from(user)
    .where(and(eq(user.id, userId), eq(user.emailVerified, true)));
  const waiting = db
    .select({
      id: invitation.id,
      organizationName: organization.name,
      role: invitation.role,
      inviterName: user.name,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(
      and(
        eq(invitation.email, sql`(${provedAddress})`),
        eq(invitation.status, "pending"),
        gt(invitation.expiresAt, now),
      ),
    )
    .orderBy(desc(invitation.createdAt));
  return plan({ waiting }, (rows) =>
    rows.waiting.map(({ id, expiresAt, ...row }) => ({
      ...row,
      token: tokenFor(`invitation:${id}`),
      expiresAt: expiresAt.getTime(),
    })),
  );
}
