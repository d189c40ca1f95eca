import { z } from "zod";
import { PASSKEY_ATTEMPTS_PER_MINUTE } from "#app/auth/limits.ts";
import { passkeyRequest } from "#app/auth/passkeys.server.ts";
import { networkOf } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  // Each one is a row until it is answered.
  limit: (_input, { ipAddress }) => [
    { key: `passkey:ip:${networkOf(ipAddress)}`, times: PASSKEY_ATTEMPTS_PER_MINUTE, seconds: 60 },
  ],
  execute: passkeyRequest,
  refused: {},
  answer: ({ options }) => Response.json(options),
});
