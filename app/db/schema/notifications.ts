import { sql } from "drizzle-orm";
import { check, index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant, isOneOf } from "./columns.ts";
import { invitation, organization, role } from "./organizations.ts";
import { user } from "./people.ts";

/** Something that happened and that a person should know of. It contains ids, so that no name outlives its account. */
export const notification = belongingTo(
  sqliteTable(
    "notification",
    {
      id: text("id").primaryKey(),
      userId: text("user_id")
        .notNull()
        .references(() => user.id, { onDelete: "cascade" }),
      type: text("type").notNull(),
      organizationId: text("organization_id").references(() => organization.id, { onDelete: "set null" }),
      organizationName: text("organization_name").notNull(),
      actorId: text("actor_id").references(() => user.id, { onDelete: "set null" }),
      role: role(),
      invitationId: text("invitation_id").references(() => invitation.id, { onDelete: "set null" }),
      targetId: text("target_id"),
      targetName: text("target_name"),
      readAt: instant("read_at"),
      createdAt: createdAt(),
    },
    (table) => [
      index("notification_user_newest").on(table.userId, table.createdAt, table.id),
      index("notification_user_unread").on(table.userId).where(sql`${table.readAt} is null`),
      index("notification_read_at").on(table.readAt),
      index("notification_organization").on(table.organizationId),
      index("notification_actor").on(table.actorId),
      index("notification_invitation").on(table.invitationId),
      check("notification_role", sql`${table.role} is null or ${isOneOf(table.role)}`),
    ],
  ),
  { person: "userId" },
);
