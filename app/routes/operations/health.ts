import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: () => answer({ status: "live" }),
});
