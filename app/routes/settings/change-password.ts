import { href, redirect } from "react-router";
import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

/** Where password managers look for it: https://www.w3.org/TR/change-password-url/ */
export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: () => answer(null),
  answer: () => {
    throw redirect(href("/settings/security/password"));
  },
});
