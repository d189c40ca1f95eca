import { href, redirect } from "react-router";
import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: () => answer(null),
  answer: () => {
    throw redirect(href("/settings/account"));
  },
});
