import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { notification } from "#app/db/schema/notifications.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { anOrganization, aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { NEWS_PER_DAY } from "./limits.ts";
import { type News, notificationStatement } from "./news.server.ts";

const db = testDatabase();

test("a person gets at most 100 notifications a day of one type per organization; others do not count", async () => {
  const [{ id: userId }, here, elsewhere] = [await aPerson(db), await anOrganization(db), await anOrganization(db)];
  const to = sql`select ${userId} as user_id`;
  const began = Date.now();
  const tell = (type: News["type"], organization: typeof here, now = new Date(began)) =>
    notificationStatement({ db, now }, { type, to, organization, when: sql`true` });
  const toldOf = (type: News["type"], { id }: typeof here) =>
    db.$count(
      notification,
      and(eq(notification.userId, userId), eq(notification.type, type), eq(notification.organizationId, id)),
    );
  const [first, ...rest] = Array.from({ length: NEWS_PER_DAY + 5 }, () => tell("role-changed", here));
  if (first) await db.batch([first, ...rest]);
  expect(await toldOf("role-changed", here)).toBe(NEWS_PER_DAY);
  await tell("role-changed", elsewhere);
  await tell("key-created", here);
  expect([await toldOf("role-changed", elsewhere), await toldOf("key-created", here)]).toEqual([1, 1]);
  await tell("role-changed", here, new Date(began + DAY_MS));
  expect(await toldOf("role-changed", here)).toBe(NEWS_PER_DAY + 1);
});
