import { href, redirect } from "react-router";
import { z } from "zod";
import { cancelEmailChange } from "#app/account/email-changes.server.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: cancelEmailChange,
  refused: {},
  answer: () => redirect(href("/settings/account"), 303),
});
