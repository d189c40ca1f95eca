import { type Asking, allOf, networkOf, perPersonAndDevice, type RateLimit } from "#app/request/limits.server.ts";
import { BACKUP_CODES_PER_MINUTE, SECOND_STEPS_PER_DAY, SECOND_STEPS_PER_MINUTE } from "../limits.ts";

// Per day too, or anyone with the password could try codes until one fits.
const appLimit = allOf(
  perPersonAndDevice("second-step", SECOND_STEPS_PER_MINUTE, 60),
  perPersonAndDevice("second-steps", SECOND_STEPS_PER_DAY, 86_400),
);

/**
 * Six digits are found by trying, so they are counted per person, strangers together. A backup code is found by nobody: it is
 * counted per network, so that a stranger who has used up the tries of the app shuts out no right one.
 */
export function secondStepLimit(input: { code: string }, asking: Asking): RateLimit[] {
  if (/^\d{6}$/.test(input.code)) return appLimit(input, asking);
  const key = `backup-code:${networkOf(asking.ipAddress)}:${asking.userId}`;
  return [{ key, times: BACKUP_CODES_PER_MINUTE, seconds: 60 }];
}
