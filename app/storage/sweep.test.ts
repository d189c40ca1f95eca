import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { organization } from "#app/db/schema/organizations.ts";
import { HOUR_MS } from "#app/durations.server.ts";
import { logoFiles } from "#app/organizations/logos.server.ts";
import { createMemoryStorage } from "#app/storage/memory.server.ts";
import { anOrganization } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import type { FileStorage } from "./storage.ts";
import { sweepStrays } from "./sweep.server.ts";

const db = testDatabase();

test("a logo that no organization uses is deleted after an hour, and files without a known owner stay", async () => {
  const { id } = await anOrganization(db);
  const clock = { now: new Date() };
  const storage = createMemoryStorage(() => clock.now);
  const [kept, stray] = [crypto.randomUUID(), crypto.randomUUID()];
  await db.update(organization).set({ logo: kept }).where(eq(organization.id, id));
  const keys = [`organizations/${id}/logo/${kept}`, `organizations/${id}/logo/${stray}`, "elsewhere/one"];
  for (const key of keys) {
    const file = new Blob(["picture"]);
    await storage.put(key, file.stream(), { length: file.size, type: "image/png" });
  }
  const sweep = async () => (await sweepStrays({ storage, owners: [logoFiles(db)], now: clock.now })).removed;
  expect(await sweep()).toBe(0);
  clock.now = new Date(clock.now.getTime() + HOUR_MS * 1.5);
  expect(await sweep()).toBe(1);
  expect(await Promise.all(keys.map(async (key) => (await storage.head(key)) !== null))).toEqual([true, false, true]);
});

test("a walk whose place is unreadable or was forgotten by the storage starts again", async () => {
  const { id } = await anOrganization(db);
  const now = new Date();
  const storage = createMemoryStorage(() => new Date(now.getTime() - HOUR_MS * 2));
  const forgetful: FileStorage = {
    ...storage,
    list: async (prefix, page) => {
      if (page?.cursor !== undefined) throw new Error("Unknown cursor");
      return storage.list(prefix, page);
    },
  };
  for (const progress of ["no JSON", "{}", JSON.stringify({ cursor: "forgotten", lastKey: "organizations/a" })]) {
    const files = { "sweep/progress": progress, [`organizations/${id}/logo/${crypto.randomUUID()}`]: "a stray" };
    for (const [key, text] of Object.entries(files)) {
      const file = new Blob([text]);
      await storage.put(key, file.stream(), { length: file.size, type: file.type });
    }
    const { removed, stretch } = await sweepStrays({ storage: forgetful, owners: [logoFiles(db)], now });
    expect([removed, stretch.from], progress).toEqual([1, ""]);
  }
});
