import { Buffer } from "node:buffer";
import { and, asc, gt, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "#app/db/client.server.ts";
import { auditChain } from "#app/db/schema/audit.ts";
import type { FileStorage } from "#app/storage/storage.ts";

export const CHAIN_ENDS_PREFIX = "audit-chain-ends";
const ENDS_PER_FILE = 5_000;

const CopiedEnd = z.object({ chain: z.string(), place: z.number(), hash: z.string() });

export type ChainEnd = z.infer<typeof CopiedEnd> & { day: string };

type Copying = {
  db: Database;
  storage: FileStorage;
  now: Date;
};

/** Copies the ends of chains to the storage, once a day. A file is named by the digest of its content, so none can replace it. */
export async function copyChainEnds({ db, storage, now }: Copying): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  const { files } = await storage.list(`${day}/`, { limit: 1 });
  if (files.length > 0) return;
  for (let last = ""; ; ) {
    const ends = await db
      .select({ chain: auditChain.id, place: auditChain.sealed, hash: auditChain.hash })
      .from(auditChain)
      .where(and(gt(auditChain.sealed, auditChain.copied), gt(auditChain.id, last)))
      .orderBy(asc(auditChain.id))
      .limit(ENDS_PER_FILE);
    last = ends.at(-1)?.chain ?? "";
    if (last === "") return;
    const copied = JSON.stringify(ends);
    const file = new Blob([copied], { type: "application/json" });
    const key = `${day}/${await digest(await file.arrayBuffer())}.json`;
    await storage.put(key, file.stream(), { length: file.size, type: file.type });
    await db.run(sql`
      update ${auditChain} set copied = chain_end.value ->> 'place' from json_each(${copied}) as chain_end
      where ${auditChain.id} = chain_end.value ->> 'chain'`);
  }
}

export async function copiedChainEnds(storage: FileStorage): Promise<{ ends: ChainEnd[]; faults: string[] }> {
  const ends: ChainEnd[] = [];
  const faults: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await storage.list("", cursor === undefined ? {} : { cursor });
    for (const { key } of page.files) {
      const [day = "", name] = key.split(/[/.]/);
      const file = await storage.get(key);
      const bytes = await new Response(file?.body ?? null).arrayBuffer();
      if ((await digest(bytes)) !== name) faults.push(`the copy ${key} was changed`);
      else
        for (const end of z.array(CopiedEnd).parse(JSON.parse(Buffer.from(bytes).toString())))
          ends.push({ ...end, day });
    }
    cursor = page.cursor;
  }
  return { ends, faults };
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
}
