import { z } from "zod";
import { read, write } from "./operation.server.ts";
import { nothing } from "./plan.ts";

export const seeNothing = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: nothing,
});

export const changeNothing = write({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  limit: { unlimited: "Changes nothing." },
  execute: async () => ({ ok: true }) as const,
  refused: {},
});
