import { auditEntry } from "#app/db/schema/audit.ts";
import { within } from "#app/storage/storage.ts";
import type { ServerFeature, Turn } from "#app/tenancy/feature.server.ts";
import { CHAIN_ENDS_PREFIX, copyChainEnds } from "./chain-ends.server.ts";
import { makeEntryForms } from "./entry-search.server.ts";
import { sealAllEntries } from "./seals.server.ts";

export const auditOnServer = {
  exported: { auditEntries: { table: auditEntry, byId: [auditEntry.actorId] } },
  emptied: [auditEntry],
  scheduled: {
    "seal audit entries": seal,
    "copy ends of audit chains": ({ db, storage, now }) =>
      copyChainEnds({ db, storage: within(storage, CHAIN_ENDS_PREFIX), now }),
  },
} satisfies ServerFeature;

async function seal({ db, now }: Turn) {
  const { overdueSince } = await sealAllEntries({ db, now });
  await makeEntryForms(db);
  if (overdueSince === null) return;
  console.error(JSON.stringify({ level: "error", audit: "entries without a seal", overdueSince }));
}
