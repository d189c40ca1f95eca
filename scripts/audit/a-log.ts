import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import type { ChainEnd } from "../../app/audit/chain-ends.server.ts";
import { sealAllEntries } from "../../app/audit/seals.server.ts";
import { createDatabase, type Database, type DatabaseOptions } from "../../app/db/client.server.ts";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { anOrganization, aPerson } from "../../app/test/builders.ts";
import { startLocalDatabase } from "../local-database.ts";
import { verifyChains } from "./chains.ts";

/** A migrated database of its own, for tests that tamper with chains. */
export async function aDatabase() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "app-chains-"));
  const { db, url, close } = await startLocalDatabase({ dataDir });
  const end = async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { db, end, through: (fetch: DatabaseOptions["fetch"]) => createDatabase({ url, fetch }) };
}

/** An organization with a log of this many entries, and functions that tamper with single entries. */
export async function aLog(db: Database, entries = 5) {
  const person = await aPerson(db);
  const { id } = await anOrganization(db);
  const write = (index: number, values: Partial<typeof auditEntry.$inferInsert> = {}) =>
    db.insert(auditEntry).values({
      id: crypto.randomUUID(),
      organizationId: id,
      actorId: person.id,
      action: "image.renamed",
      targetId: `image-${index}`,
      targetName: `"Größe" ${index}\n\u2028`,
      before: { name: "früher" },
      after: { name: "später" },
      ipAddress: "203.0.113.7",
      ...values,
    });
  for (let index = 1; index <= entries; index += 1) await write(index);
  const isAt = (place: number) => and(eq(auditEntry.organizationId, id), eq(auditEntry.sequence, place));
  return {
    id,
    person,
    write,
    seal: () => sealAllEntries({ db, now: new Date() }),
    entryAt: async (place: number) => (await db.select().from(auditEntry).where(isAt(place)))[0],
    change: (place: number, values: Partial<typeof auditEntry.$inferInsert>) =>
      db.update(auditEntry).set(values).where(isAt(place)),
    remove: (place: number) => db.delete(auditEntry).where(isAt(place)),
    report: async (comparison: { copies?: readonly ChainEnd[]; now?: Date } = {}) =>
      (await verifyChains(db, comparison)).find((chain) => chain.id === id),
  };
}

export async function aSealedLog(db: Database, entries = 5) {
  const log = await aLog(db, entries);
  await log.seal();
  return log;
}
