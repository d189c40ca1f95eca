import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { instant } from "#app/db/schema/columns.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { belongingTo } from "#app/tenancy/tables.ts";
import { testDatabase } from "#app/test/database.ts";
import { aScope } from "#app/test/plans.ts";
import { forgetDeleted, isRestorable, RESTORABLE_MINUTES } from "./deleted.server.ts";

const db = testDatabase();

const thing = belongingTo(
  sqliteTable("thing", {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    createdBy: text("created_by"),
    deletedAt: instant("deleted_at"),
  }),
  { organization: "organizationId", maker: "createdBy", deleted: "deletedAt" },
);

test("every statement skips deleted rows unless it selects them, and none leaves its tenant", () => {
  const scope = aScope(db);
  const { select, selectOfAnyone, selectPicked, selectDeleted } = scope;
  const texts = [select, selectOfAnyone, selectPicked].map((each) => each({ id: thing.id }).from(thing).toSQL().sql);
  const rows = db.select({ id: thing.id }).from(thing).where(scope.rows(thing)).toSQL().sql;
  for (const text of [...texts, rows]) {
    expect(text).toMatch(/where \(\+?"thing"\."organization_id" = \? and "thing"\."deleted_at" is null\)$/);
  }
  const counted = select({ things: scope.count(thing, { upTo: 10 }) })
    .from(organization)
    .toSQL().sql;
  expect(counted).toContain(
    'from "thing" where ("thing"."organization_id" = "organization"."id" and "thing"."deleted_at" is null) limit ?',
  );
  expect(counted).toMatch(/ from "organization" where "organization"\."id" = \?$/);
  const { sql, params } = selectDeleted({ id: thing.id }).from(thing).toSQL();
  expect(sql).toMatch(/where \("thing"\."organization_id" = \? and "thing"\."deleted_at" is not null\)$/);
  expect(params).toEqual(["organization"]);
});

test("a deleted row can be restored until the schedule may remove it, to the millisecond", () => {
  const now = new Date("2026-11-27T12:00:00Z");
  const since = now.getTime() - RESTORABLE_MINUTES * 60_000;
  const kept = db.select({ id: thing.id }).from(thing).where(isRestorable(thing.deletedAt, now)).toSQL();
  expect([kept.sql, kept.params]).toEqual([expect.stringContaining('"deleted_at" >= ?'), [since]]);
  const gone = forgetDeleted(thing, { db, now }).toSQL();
  expect([gone.sql, gone.params]).toEqual([expect.stringContaining('"deleted_at" < ?'), [since, 500]]);
});
