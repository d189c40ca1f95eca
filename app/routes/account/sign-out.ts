import { href, redirect } from "react-router";
import { z } from "zod";
import { endSession } from "#app/auth/passwords.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: z.unknown(),
  authenticate: "optional",
  authorize: "public",
  execute: endSession,
  refused: {},
  // Images are cached privately for long; whoever uses this browser next must not find them.
  answer: () => redirect(href("/login"), { headers: { "Clear-Site-Data": '"cache"' } }),
});
