import { and, count, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isHeldInvitation, type Lack, lackOf, statusAt } from "#app/tenancy/inviting.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { NOTIFICATIONS_IN_BELL, NOTIFICATIONS_PER_PAGE } from "./limits.ts";
import type { NotificationId, NotificationsAsked } from "./schemas.ts";

export type Notification = {
  id: string;
  type: string;
  at: number;
  isRead: boolean;
  /** `slug` is null if the organization is gone, or this person is no longer a member. */
  organization: { name: string; slug: string | null };
  viewerRole: Role | null;
  /** Null if no person caused it, or their account is gone. */
  actorName: string | null;
  role: Role | null;
  invitation: { email: string; open: OpenInvitation | null } | null;
  about: { id: string; name: string } | null;
};

/** `lacks` is what keeps this person from accepting it. */
export type OpenInvitation = { id: string; lacks: Lack | null };

export type Bell = { unread: number; newest: Notification[]; now: number };

type Own = Scope<"self" | "public">;

/** The number on the bell before someone opens it. */
export function unreadOnBell(scope: Own): Plan<number> {
  return plan({ unread: unreadCount(scope, isLoud) }, ({ unread: [figure] }) => figure?.count ?? 0);
}

export function bell(scope: Own): Plan<Bell> {
  const newest = newestFirst(scope).limit(NOTIFICATIONS_IN_BELL);
  return plan({ newest, unread: unreadCount(scope, isLoud) }, ({ newest, unread: [figure] }) => ({
    unread: figure?.count ?? 0,
    newest: newest.map((row) => toNotification(row, scope)),
    now: scope.now.getTime(),
  }));
}

export type NotificationsPage = {
  notifications: Notification[];
  unread: number;
  show: NotificationsAsked["show"];
  page: number;
  pages: number;
  now: number;
};

export function notificationsPage(scope: Scope<"self">, { page, show }: NotificationsAsked): Plan<NotificationsPage> {
  const isShown = show === "unread" ? isNull(notification.readAt) : undefined;
  const rows = newestFirst(scope, isShown)
    .limit(NOTIFICATIONS_PER_PAGE)
    .offset((page - 1) * NOTIFICATIONS_PER_PAGE);
  const total = scope.select({ count: count() }).from(notification).where(isShown);
  return plan({ rows, total, unread: unreadCount(scope) }, ({ rows, total: [all], unread: [figure] }) => ({
    notifications: rows.map((row) => toNotification(row, scope)),
    unread: figure?.count ?? 0,
    show,
    page,
    pages: Math.max(1, Math.ceil((all?.count ?? 0) / NOTIFICATIONS_PER_PAGE)),
    now: scope.now.getTime(),
  }));
}

export function markRead(grant: Grant<"self">, { notification: id }: { notification: NotificationId }) {
  return mark(grant, eq(notification.id, id));
}

export function markAllRead(grant: Grant<"self">) {
  return mark(grant);
}

async function mark(grant: Grant<"self">, which?: SQL) {
  await change(grant, {
    unlogged: "What a person has read is private.",
    makes: (entry) => ({
      marked: entry.update(notification, { readAt: grant.now }, isNull(notification.readAt), which),
    }),
  });
  return { ok: true } as const;
}

function unreadCount(scope: Own, which?: SQL) {
  return scope
    .select({ count: count() })
    .from(notification)
    .where(and(isNull(notification.readAt), which));
}

/** SQL that is false for a notification from an organization that the person has muted. */
const isLoud = sql`not exists (
  select 1 from ${member} where ${member.organizationId} = ${notification.organizationId}
    and ${member.userId} = ${notification.userId} and ${member.mutedAt} is not null)`;

/** The invitation was sent to an address that was theirs when they were notified; they may have another by now. */
const isToReader = sql`exists (
  select 1 from user as reader where reader.id = notification.user_id and reader.email = invitation.email and reader.email_verified)`;

function newestFirst(scope: Own, isShown?: SQL) {
  return scope
    .select({
      id: notification.id,
      type: notification.type,
      at: notification.createdAt,
      readAt: notification.readAt,
      organizationName: notification.organizationName,
      // Only members may know an organization's present name, its slug, and what is in it.
      slug: sql<string | null>`case when ${member.id} is not null then ${organization.slug} end`,
      currentName: sql<string | null>`case when ${member.id} is not null then ${organization.name} end`,
      viewerRole: member.role,
      actorName: user.name,
      role: notification.role,
      isHeld: isTrue(isHeldInvitation(scope.now)),
      isTheirs: isTrue(isToReader),
      about: {
        id: sql<string | null>`case when ${member.id} is not null then ${notification.targetId} end`,
        name: notification.targetName,
      },
      invitation: {
        id: invitation.id,
        email: invitation.email,
        role: invitation.role,
        status: invitation.status,
        expiresAt: invitation.expiresAt,
        lacks: lackOf(scope.userId),
      },
    })
    .from(notification)
    .leftJoin(organization, eq(organization.id, notification.organizationId))
    .leftJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, notification.userId)))
    .leftJoin(user, eq(user.id, notification.actorId))
    .leftJoin(invitation, eq(invitation.id, notification.invitationId))
    .where(isShown)
    .orderBy(desc(notification.createdAt), desc(notification.id))
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof newestFirst>>[number];

function toNotification(row: Row, { now }: Own): Notification {
  const { id, type, at, readAt, actorName, organizationName, currentName, slug, viewerRole, invitation, about } = row;
  const isWaiting = type === "invitation-received" && invitation !== null && statusAt(now, invitation) === "pending";
  const isOpen = isWaiting && row.isHeld && row.isTheirs;
  return {
    id,
    type,
    at: at.getTime(),
    isRead: readAt !== null,
    organization: { name: currentName ?? organizationName, slug },
    viewerRole,
    actorName,
    // The role in an open invitation may have changed since the notification.
    role: isOpen ? invitation.role : row.role,
    invitation: invitation && {
      email: invitation.email,
      open: isOpen ? { id: invitation.id, lacks: invitation.lacks } : null,
    },
    about: about.id === null ? null : { id: about.id, name: about.name ?? "" },
  };
}
