import { href, redirectDocument } from "react-router";
import { z } from "zod";
import { endAllSessions } from "#app/auth/sessions.server.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: endAllSessions,
  refused: {},
  answer: () => redirectDocument(href("/login"), 303),
});
