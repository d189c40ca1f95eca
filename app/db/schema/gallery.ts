import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { IMAGE_TYPES } from "#app/pictures/image-type.ts";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, instant, isOneOf, updatedAt } from "./columns.ts";
import { organization } from "./organizations.ts";
import { user } from "./people.ts";
import type { Searched } from "./search.ts";

const columns = () => ({
  id: text("id").primaryKey(),
  organizationId: text("organization_id")
    .notNull()
    .references(() => organization.id, { onDelete: "cascade" }),
  createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
  /** The key that made it, if no person did. The key's row is deleted only with the organization. */
  createdByKey: text("created_by_key"),
  name: text("name").notNull(),
  type: text("type", { enum: IMAGE_TYPES }).notNull(),
  size: integer("size").notNull(),
  /** The mark of its form. It is not the id, because each attempt has a file of its own; the first one with a row stays. */
  once: text("once"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

const belonging = { organization: "organizationId", maker: "createdBy", key: "createdByKey" } as const;

export const image = belongingTo(
  sqliteTable("image", columns(), (table) => [
    index("image_organization_newest").on(table.organizationId, table.createdAt, table.id),
    index("image_organization_name").on(table.organizationId, sql`"name" collate nocase`, table.id),
    index("image_organization_size").on(table.organizationId, table.size, table.id),
    index("image_organization_author").on(table.organizationId, table.createdBy, table.createdAt, table.id),
    index("image_organization_type").on(table.organizationId, table.type, table.createdAt, table.id),
    index("image_created_by").on(table.createdBy),
    uniqueIndex("image_organization_once").on(table.organizationId, table.once).where(sql`"once" is not null`),
    check("image_name_length", sql`length(${table.name}) between 1 and 120`),
    check("image_size", sql`${table.size} between 1 and 10000000`),
    check("image_type", isOneOf(table.type)),
  ]),
  belonging,
);

/** Deleted images, which can be restored for some days. In a table of their own, so that no list or search includes them. */
export const trashedImage = belongingTo(
  sqliteTable("trashed_image", { ...columns(), deletedAt: instant("deleted_at").notNull() }, (table) => [
    index("trashed_image_organization_newest").on(table.organizationId, table.deletedAt, table.id),
    index("trashed_image_created_by").on(table.createdBy),
    uniqueIndex("trashed_image_organization_once").on(table.organizationId, table.once).where(sql`"once" is not null`),
    index("trashed_image_deleted").on(table.deletedAt),
  ]),
  belonging,
);

const texts = [image.name] as const;
export const images = { kind: "image", table: image, id: image.id, texts, minimum: 1 } satisfies Searched;
