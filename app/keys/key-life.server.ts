import { and, gt, isNull, or } from "drizzle-orm";
import { apiKey } from "#app/db/schema/keys.ts";

/** SQL that is true for a key that is neither revoked nor expired. */
export function isLiving(now: Date) {
  return and(isNull(apiKey.revokedAt), or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, now)));
}
