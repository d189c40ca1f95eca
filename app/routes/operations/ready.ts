import { sql } from "drizzle-orm";
import { z } from "zod";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "none",
  authorize: "public",
  // Asked in `answer`, where a failure is an answer and not a fault.
  execute: () => answer(null),
  answer: async (_found, { db, storage }) => {
    const [database, files] = await Promise.allSettled([db.run(sql`select 1`), storage.head("ready")]);
    const isReady = database.status === "fulfilled" && files.status === "fulfilled";
    return Response.json({ database: database.status, storage: files.status }, { status: isReady ? 200 : 503 });
  },
});
