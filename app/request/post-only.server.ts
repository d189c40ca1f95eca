import { z } from "zod";
import { answer } from "./plan.ts";
import { read } from "./read.server.ts";

/** The loader of a route that has nothing to show: 405 with the method that it takes. */
export const postOnly = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: () => answer(null),
  answer: () => new Response(null, { status: 405, headers: { Allow: "POST" } }),
});
