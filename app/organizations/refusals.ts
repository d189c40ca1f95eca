import { DAY_SECONDS } from "#app/durations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { squareRefusals } from "#app/pictures/refusals.ts";
import { creationRefusal } from "./creation-refusal.ts";
import { ORGANIZATIONS_MADE_PER_DAY } from "./limits.ts";

export const createRefusals = {
  "too-many-owned": { status: 409, message: () => creationRefusal("too-many-owned") },
  "slug-taken": { status: 409, field: "slug", message: () => m.refusals_slug_taken() },
  "too-many-made": {
    status: 429,
    retryAfter: DAY_SECONDS,
    message: () => m.refusals_too_many_organizations({ maximum: ORGANIZATIONS_MADE_PER_DAY }),
  },
  "members-only": { status: 403, message: () => creationRefusal("members-only") },
  ...squareRefusals("logo"),
} as const;
