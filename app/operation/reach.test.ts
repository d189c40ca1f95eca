import { type SQL, sql } from "drizzle-orm";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { organization } from "#app/db/schema/organizations.ts";
import { belongingTo } from "#app/tenancy/tables.ts";
import { testDatabase } from "#app/test/database.ts";
import { countWithin, selectWithin } from "./reach.server.ts";

const db = testDatabase();

const thing = belongingTo(
  sqliteTable("thing", {
    id: text("id").primaryKey(),
    organizationId: text("organization_id").notNull(),
    createdBy: text("created_by"),
  }),
  { organization: "organizationId", maker: "createdBy" },
);

const here = { organization: "here", organizations: null, person: "me" };

test("a caller who reaches only their own rows finds and counts no others, even while their role is not known", () => {
  for (const [reachesAll, condition] of [
    [false, '"thing"."created_by" = ?'],
    [sql`:role`, '("thing"."created_by" = ? or :role)'],
  ] as const) {
    const reach = { ...here, reachesAll };
    const found = selectWithin(db, reach)({ id: thing.id }).from(thing).toSQL().sql;
    expect(found).toMatch(/where \("thing"\."organization_id" = \? and /);
    expect(found).toContain(condition);
    const counted = db.select({ things: countWithin(reach)(thing) }).from(organization);
    expect(counted.toSQL().sql).toContain(condition);
  }
});

test("a count for another permission counts nothing without it", () => {
  const count = countWithin({ ...here, reachesAll: true }, sql`:allowed`);
  const counted = db
    .select({ things: count(thing) })
    .from(organization)
    .toSQL().sql;
  expect(counted).toContain('where ("thing"."organization_id" = "organization"."id" and :allowed)');
});

test("outside an organization nobody finds rows of organizations, unless they are listed", () => {
  const outside = { ...here, organization: null, reachesAll: true };
  const textWith = (organizations: SQL | null) =>
    selectWithin(db, { ...outside, organizations })({ id: thing.id })
      .from(thing)
      .toSQL().sql;
  expect(textWith(null)).toMatch(/where false$/);
  expect(textWith(sql`(select :theirs)`)).toMatch(/where "thing"\."organization_id" in \(select :theirs\)$/);
});
