import { eq } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { belongingTo } from "#app/tenancy/tables.ts";
import { anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { change } from "./change.server.ts";
import { asSystem } from "./system.server.ts";

const columns = {
  id: text("id").primaryKey(),
  organizationId: text("organization_id").notNull(),
  createdBy: text("created_by"),
  tokenHash: text("token_hash").notNull(),
  prefix: text("prefix").notNull(),
  maximumUses: integer("maximum_uses").notNull(),
  expiresAt: integer("expires_at").notNull(),
};
/** A table that says who made a row, as generated ones do. */
const link = belongingTo(sqliteTable("invite_link", columns), { organization: "organizationId", maker: "createdBy" });

test("a row that the product itself adds belongs to its organization and was made by nobody", async () => {
  const db = testDatabase();
  const { id: organizationId } = await anOrganization(db);
  const now = new Date();
  const id = crypto.randomUUID();
  const row = { id, tokenHash: id, prefix: "abc", maximumUses: 1, expiresAt: now.getTime() };
  const { isMade } = await change(asSystem({ db, now, organizationId }), {
    action: "invite-link.created",
    target: { id, name: row.prefix },
    makes: (entry) => ({ row: entry.insert(link, row) }),
  });
  expect(isMade).toBe(true);
  expect(await db.select().from(link).where(eq(link.id, id))).toMatchObject([{ organizationId, createdBy: null }]);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.targetId, id));
  expect(entries).toMatchObject([{ organizationId, actorKind: "system", action: "invite-link.created" }]);
});
