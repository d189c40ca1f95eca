import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { readiness } from "#app/request/readiness.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  // Asked in `answer`, where a failure is an answer and not a fault.
  execute: () => answer(null),
  answer: async (_found, grant) => {
    const { isReady, ...parts } = await readiness(grant);
    return Response.json(parts, { status: isReady ? 200 : 503 });
  },
});
