import type { RateLimit } from "./limits.server.ts";

const UPLOADS_PER_MINUTE = 60;

/** One count per person, whatever is uploaded and wherever it goes. */
export function uploadLimit(_input: unknown, { userId }: { userId: string | null }): RateLimit[] {
  return [{ key: `upload:${userId}`, times: UPLOADS_PER_MINUTE, seconds: 60 }];
}
