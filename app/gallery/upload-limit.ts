import type { RateLimit } from "#app/request/limits.server.ts";
import { UPLOADS_PER_MINUTE } from "./limits.ts";

/** One count per person, whichever address an upload goes to. */
export function uploadLimit(_input: unknown, { userId }: { userId: string | null }): RateLimit[] {
  return [{ key: `upload:${userId}`, times: UPLOADS_PER_MINUTE, seconds: 60 }];
}
