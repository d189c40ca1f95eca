import type { RateLimit } from "#app/request/limits.server.ts";
import { INVITATIONS_PER_HOUR } from "../limits.ts";

/** One count per organization for all mails that invite, the repeated ones too. */
export function invitationLimit({ organization }: { organization: string }): RateLimit[] {
  return [{ key: `invite:${organization}`, times: INVITATIONS_PER_HOUR, seconds: 3600 }];
}
