import { runBatch } from "#app/db/batch.server.ts";
import { leadToSignIn, problem, tooMany } from "./answers.server.ts";
import { requireKey } from "./authenticate.server.ts";
import { type Call, guard } from "./call.server.ts";
import { type KeyRow, keyStatement, organizationOfKey } from "./key-access.server.ts";
import { bucketsOfKey, sayBuckets } from "./key-limits.server.ts";
import { rememberKey } from "./visits.server.ts";

/** Finds the key of a request that runs no operation, in one round trip that counts as a read. Rejects with 401 if it is dead. */
export async function requireKeyItself(call: Pick<Call, "request" | "services" | "program">): Promise<KeyRow> {
  const { request, services } = call;
  const { db, now, trace, bearer } = services;
  return guard(call, async () => {
    const { digest } = await requireKey(call, bearer);
    const asked = { digest, now };
    const reached = organizationOfKey(asked, null, null);
    const buckets = bucketsOfKey(services, { asked, reached }, "reads");
    const [rows, ...counted] = await trace.time("authorize", () =>
      runBatch(db, [keyStatement(db, asked, null), ...buckets.statements]),
    );
    const [row] = rows as KeyRow[];
    if (row === undefined) throw await leadToSignIn(request, services);
    trace.actor = { kind: "key", id: row.keyId };
    if (row.organizationId === null) throw problem(request, 404, { error: "not-found" });
    rememberKey(services, row);
    const wait = sayBuckets(services, buckets.limits, counted);
    if (wait !== null) throw tooMany(request, services, wait);
    return row;
  });
}
