import { sql } from "drizzle-orm";
import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import { testDatabase } from "#app/test/database.ts";
import { isNeeded } from "./needed.server.ts";

const db = testDatabase();

const customer = sqliteTable("needed_customer", { id: text("id").primaryKey() });
const invoice = sqliteTable("needed_invoice", {
  id: text("id").primaryKey(),
  customer: text("customer")
    .notNull()
    .references(() => customer.id),
  payer: text("payer").references(() => customer.id),
});

test("a row is needed if a column that is never empty refers to it, and by nothing else", async () => {
  const needed = (others: Parameters<typeof isNeeded>[1]) =>
    db.all<{ id: string }>(sql`
      with needed_customer(id) as (values ('named'), ('paying'), ('neither')),
        needed_invoice(id, customer, payer) as (values ('one', 'named', 'paying'))
      select id from needed_customer where ${isNeeded(customer, others)}`);
  expect(await needed([invoice, customer])).toEqual([{ id: "named" }]);
  expect(await needed([customer])).toEqual([]);
  expect(await needed([])).toEqual([]);
});
