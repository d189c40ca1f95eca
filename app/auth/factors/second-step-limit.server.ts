import { DAY_SECONDS } from "#app/durations.server.ts";
import { type Asking, allOf, networkOf, perPersonAndDevice, type RateLimit } from "#app/operation/limits.server.ts";
import { BACKUP_CODES_PER_MINUTE, SECOND_STEPS_PER_DAY, SECOND_STEPS_PER_MINUTE } from "../limits.ts";

const appLimit = allOf(
  perPersonAndDevice("second-step", SECOND_STEPS_PER_MINUTE, 60),
  perPersonAndDevice("second-steps", SECOND_STEPS_PER_DAY, DAY_SECONDS),
);

/** Counts six-digit codes per person, since they can be guessed; backup codes per network, so that strangers lock nobody out. */
export function secondStepLimit(input: { code: string }, asking: Asking): RateLimit[] {
  if (/^\d{6}$/.test(input.code)) return appLimit(input, asking);
  const key = `backup-code:${networkOf(asking.ipAddress)}:${asking.userId}`;
  return [{ key, times: BACKUP_CODES_PER_MINUTE, seconds: 60 }];
}
