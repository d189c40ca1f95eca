import { data } from "react-router";
import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";

function notFound(): never {
  throw data({ error: "not-found" }, { status: 404 });
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

/** Never rendered: the loader always sends to the root's error page. It makes this a page, not a resource. */
export default function NotFoundPage() {
  return null;
}
