import { type SQL, sql } from "drizzle-orm";
import { type AnySQLiteColumn, getTableConfig, type SQLiteTable } from "drizzle-orm/sqlite-core";
import { isOwner } from "#app/db/schema/organizations.ts";
import type { Parting } from "#app/tenancy/feature.server.ts";
import { can, type Permission } from "#app/tenancy/permissions.ts";
import type { Writer } from "./change.server.ts";

/** A kind of thing that keeps working when its maker loses their rights. */
type LeftBehind = {
  type: "key-maker-left" | "webhook-maker-left";
  /** The page of these things in the organization, and the field of the mail with their names. */
  things: "keys" | "webhooks";
  /** A maker who keeps this permission can still end what they made. */
  permission: Permission;
  table: SQLiteTable & { organizationId: AnySQLiteColumn; createdBy: AnySQLiteColumn };
  /** SQL over the table: the name of a thing, and whether it still works. */
  name: SQL | AnySQLiteColumn;
  works: SQL;
};

/** Notifies every owner of the organization, including the one who takes the rights away, but not the maker. */
export function tellOfLeftBehind(
  entry: Writer,
  { userIds, organizationId, role, appUrl }: Parting,
  { type, things, permission, table, name, works }: LeftBehind,
) {
  if (role !== null && can(role, permission)) return {};
  const { organizationId: tenant, createdBy } = table;
  // The plus keeps SQLite from using an index that groups the rows already but reads all members.
  const to = sql`
    select owner.user_id, here.id as organization_id, here.name as organization_name, here.slug,
      maker.id as maker_id, maker.name as maker_name, group_concat(${name}, ', ') as things
    from ${sql.identifier(getTableConfig(table).name)}
    join organization as here on here.id = ${tenant}
    join member as owner on owner.organization_id = here.id and ${isOwner(sql`owner.role`)} and owner.user_id <> ${createdBy}
    join user as maker on maker.id = ${createdBy}
    where ${createdBy} in (${userIds}) and ${works} ${organizationId === null ? sql`` : sql`and ${tenant} = ${organizationId}`}
    group by +owner.user_id, here.id, maker.id`;
  return {
    [`${things} left behind: news`]: entry.news({
      type,
      to,
      actor: sql`recipient.maker_id`,
      organization: { id: sql`recipient.organization_id`, name: sql`recipient.organization_name` },
    }),
    [`${things} left behind: mails`]: entry.mailEach<LeftBehind["type"]>({
      to,
      template: type,
      data: {
        organization: sql`recipient.organization_name`,
        [things]: sql`recipient.things`,
        maker: sql`recipient.maker_name`,
        url: sql`${`${appUrl}/organizations/`} || recipient.slug || ${`/${things}`}`,
      },
    }),
  };
}
