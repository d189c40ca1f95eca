import { sql } from "drizzle-orm";
import { runBatch } from "#app/db/batch.server.ts";
import type { Database } from "#app/db/client.server.ts";
import { type Inside, inside } from "#app/operation/inside.server.ts";

/** The changer to pass to `change` when the product itself acts on one organization. The schedule sends its mails and events. */
export function asSystem({ db, now, organizationId }: { db: Database; now: Date; organizationId: string }) {
  const hidden: Inside = {
    db,
    reach: { organization: organizationId, organizations: null, person: sql`null`, reachesAll: true },
    still: sql`true`,
    commit: (statements) => runBatch(db, statements),
    sendMail() {},
    sendEvents() {},
  };
  return {
    ...{
      actor: { kind: "system", id: "schedule" } as const,
      via: null,
      ipAddress: null,
      userAgent: null,
      requestId: null,
      now,
      locale: "en" as const,
      organizationId,
    },
    newId: () => crypto.randomUUID(),
    [inside]: hidden,
  };
}
