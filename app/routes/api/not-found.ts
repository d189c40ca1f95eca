import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";

function notFound() {
  return Response.json({ error: "not-found" }, { status: 404 });
}

export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  execute: () => answer(null),
  answer: notFound,
});

export const action = write({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  limit: { unlimited: "Changes nothing." },
  execute: async () => ({ ok: true }) as const,
  refused: {},
  answer: notFound,
});
