import { z } from "zod";
import { passkeyCreation } from "#app/auth/passkeys.server.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: passkeyCreation,
  refused: {},
  answer: ({ options }) => Response.json(options),
});
