import { z } from "zod";
import { read, write } from "./operations.server.ts";
import { nothing } from "./plan.ts";

/** For an address where there is nothing to see, or nothing to see without a form. */
export const seeNothing = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: nothing,
});

/** For an address where there is nothing to change. */
export const changeNothing = write({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  limit: { unlimited: "Changes nothing." },
  execute: async () => ({ ok: true }) as const,
  refused: {},
});
