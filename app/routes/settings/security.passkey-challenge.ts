import { z } from "zod";
import { passkeyCreation } from "#app/auth/passkeys.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: passkeyCreation,
  refused: {},
  answer: ({ options }) => Response.json(options),
});
