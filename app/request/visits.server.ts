import { and, eq } from "drizzle-orm";
import { runBatch } from "#app/db/batch.server.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { member } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { HOUR_MS, MINUTE_MS } from "#app/durations.server.ts";
import type { AccessRow } from "./access.server.ts";
import type { KeyRow } from "./key-access.server.ts";
import type { Services } from "./services.server.ts";

const PRECISION_MS = MINUTE_MS;

// The loaders of a page share one access row, so only the first of them records the visit.
const remembered = new WeakSet<AccessRow>();

/** Records when the session was last used and the member last here. Runs after the response, at most once a minute. */
export function remember(services: Services, sessionToken: string, row: AccessRow, organizationId: string | null) {
  const { now, ipAddress } = services;
  const { userId, lastSeenAt, lastActiveAt, isLastUsed } = row;
  const isLongAgo = (seen: Date) => now.getTime() - seen.getTime() > PRECISION_MS;
  const isUse = isLongAgo(lastSeenAt);
  const isVisit = organizationId !== null && (lastActiveAt === null || !isLastUsed || isLongAgo(lastActiveAt));
  if (remembered.has(row) || !(isUse || isVisit)) return;
  remembered.add(row);
  services.after((db) => {
    const use = db.update(session).set({ lastSeenAt: now, ipAddress }).where(eq(session.token, sessionToken));
    const isTheirs = and(eq(member.organizationId, organizationId ?? ""), eq(member.userId, userId));
    const visit = db.update(member).set({ lastActiveAt: now }).where(isTheirs);
    return runBatch(db, [...(isUse ? [use] : []), ...(isVisit ? [visit] : [])]);
  });
}

const KEY_PRECISION_MS = HOUR_MS;

/** Records when the key was last used. Runs after the response, at most once an hour. */
export function rememberKey({ now, after }: Services, { keyId, lastUsedAt }: KeyRow) {
  if (lastUsedAt !== null && now.getTime() - lastUsedAt.getTime() <= KEY_PRECISION_MS) return;
  after((db) => db.update(apiKey).set({ lastUsedAt: now }).where(eq(apiKey.id, keyId)));
}
