import { z } from "zod";
import { exportedAccount } from "#app/account/export.server.ts";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";

export const loader = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: () => answer(null),
  answer: async (_none, grant) =>
    new Response(await grant.streamed(exportedAccount(grant)), {
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Disposition": `attachment; filename="tenantry-account-${grant.now.toISOString().slice(0, 10)}.json"`,
      },
    }),
});
