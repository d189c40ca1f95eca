import { eq, sql } from "drizzle-orm";
import { authenticator } from "#app/db/schema/factors.ts";
import { rateLimit } from "#app/db/schema/limits.ts";
import { testDatabase } from "./database.ts";

/** With time, the app shows new codes and the limits reset. Here the used code and the counts are deleted instead. */
export async function letTimePass(userId: string) {
  const db = testDatabase();
  await db.update(authenticator).set({ lastStep: 0 }).where(eq(authenticator.userId, userId));
  await db.delete(rateLimit).where(sql`instr(${rateLimit.key}, ${userId}) > 0`);
}
