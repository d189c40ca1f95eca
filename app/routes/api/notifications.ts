import { z } from "zod";
import { bell } from "#app/notifications/notifications.server.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: bell,
  answer: (found) => Response.json(found),
});
