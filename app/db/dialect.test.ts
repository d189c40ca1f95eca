import { and, desc, eq, exists, inArray, not, type SQL, sql } from "drizzle-orm";
import { alias, SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { Dialect } from "./dialect.server.ts";
import { member, organization } from "./schema/organizations.ts";
import { user } from "./schema/people.ts";

const db = testDatabase();
const other = alias(member, "other");
const theirs = db.select({ id: member.userId }).from(member).where(eq(member.role, "owner"));
const counted = db
  .select({ id: other.userId, many: sql<number>`count(*)`.as("many") })
  .from(other)
  .as("counted");
const when = new Date(0);

const statements: Record<string, { getSQL(): SQL }> = {
  "a select with joins, an alias and a subquery": db
    .select({ name: organization.name, role: other.role, first: sql`min(${member.createdAt})`.as("first"), counted })
    .from(organization)
    .innerJoin(other, and(eq(other.organizationId, organization.id), not(exists(theirs))))
    .leftJoin(member, eq(member.userId, other.userId))
    .leftJoin(counted, eq(counted.id, member.userId))
    .where(inArray(member.userId, theirs))
    .orderBy(desc(sql`first`))
    .limit(3)
    .offset(2),
  "values as the column keeps them": db
    .select()
    .from(member)
    .where(
      and(
        eq(member.createdAt, when),
        inArray(member.role, ["admin", "owner"]),
        eq(organization.requiresSecondFactor, true),
      ),
    ),
  "an insert": db
    .insert(user)
    .values({ id: "a", name: "A", email: "a@example.test", createdAt: when })
    .onConflictDoNothing(),
  "an update from another column": db.update(member).set({ lastActiveAt: sql`${member.createdAt}`, role: "admin" }),
  "a delete": db.delete(member).where(eq(member.id, "'")),
  "what is rare": sql`${[1, "two", sql`three`]} ${null} ${undefined} ${true} ${sql.identifier('a"b')} ${sql.raw("now")} ${sql`${7}`.inlineParams()} ${sql.placeholder("open")} ${member} ${other.role} ${theirs} ${sql`x`.as("aliased")} ${when} ${counted}`,
};

for (const [name, statement] of Object.entries(statements)) {
  test(`the dialect writes the same SQL as Drizzle's own: ${name}`, () => {
    const { sql: text, params } = new SQLiteAsyncDialect().sqlToQuery(statement.getSQL());
    expect(new Dialect().sqlToQuery(statement.getSQL())).toEqual({ sql: text, params });
  });
}
