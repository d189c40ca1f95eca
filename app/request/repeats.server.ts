import { createHash } from "node:crypto";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { namedWrite } from "#app/db/schema/repeats.ts";
import type { IncomingFile } from "./body/incoming-file.server.ts";
import type { ParsedBody } from "./body/parsed-body.server.ts";
import { type KeyAsked, keyOf } from "./key-access.server.ts";

const KEPT_MS = 86_400_000;
/** After this long a request that has changed nothing is taken for dead. */
const CLAIM_MS = 60_000;

/** A write with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): done once, answered the same each time. */
export type Repeat = {
  name: string;
  claim: string;
  /** Null until this request is known to be the one that is at it. */
  keyId: string | null;
  /** What tells the digest of the body's file: null while it has not come to its end. */
  fileDigest?: () => string | null;
  /** Gives the answer again, or makes it of what the change made, where it was lost. */
  replays(standing: Extract<Standing, { outcome: "answered" | "made" }>): Response;
};

type RepeatRow = typeof namedWrite.$inferSelect;

/** "unreadable": what was said is no name. */
export function repeatOf(said: string | null, making: Pick<Repeat, "claim" | "replays">): Repeat | "unreadable" | null {
  if (said === null) return null;
  const name = said.replace(/^"(.*)"$/, "$1");
  return /^[\x21-\x7e]{1,255}$/.test(name) ? { name, keyId: null, ...making } : "unreadable";
}

/** Of a file its size and its first bytes: the rest has not come in when this is asked, and counts by its digest. */
export function fingerprintOf(
  { method, url }: Request,
  { fields, file, held }: Extract<ParsedBody, { ok: true }>,
): string {
  const sent = file && [file.field, file.name, file.size, [...file.head]];
  const whole = (held ?? []).map(({ field, name, size, watch }) => [field, name, size, watch()()]);
  return createHash("sha256")
    .update(JSON.stringify([method, new URL(url).pathname, fields, sent, ...whole]))
    .digest("base64url");
}

type Claiming = { asked: KeyAsked; reached: SQL; repeat: Repeat; fingerprint: string };

/** Two statements for the trip that decides access: one claims the write if nobody is at it, one says how it stands. */
export function claimStatements(db: Database, { asked, reached, repeat: { name, claim }, fingerprint }: Claiming) {
  const now = asked.now.getTime();
  const isDead = sql`named_write.made_at is null and named_write.status is null
    and named_write.fingerprint = excluded.fingerprint and named_write.claimed_at <= ${now - CLAIM_MS}`;
  return [
    db.run(sql`
      insert into named_write (key_id, name, fingerprint, claim, claimed_at)
      select ${keyOf(asked)}, ${name}, ${fingerprint}, ${claim}, ${now} where ${reached} is not null
      on conflict (key_id, name) do update set fingerprint = excluded.fingerprint, claim = excluded.claim,
        claimed_at = excluded.claimed_at, file_digest = null, made_at = null, target_id = null, status = null, body = null
      where named_write.claimed_at <= ${now - KEPT_MS} or (${isDead})`),
    db
      .select()
      .from(namedWrite)
      .where(and(eq(namedWrite.keyId, keyOf(asked)), eq(namedWrite.name, name))),
  ] as const;
}

type Standing =
  | { outcome: "own" | "running" | "another-body" }
  | { outcome: "answered"; status: number; body: string | null }
  | { outcome: "made"; targetId: string | null };

export function standingOf(row: RepeatRow, { claim }: Repeat, fingerprint: string): Standing {
  if (row.claim === claim) return { outcome: "own" };
  if (row.fingerprint !== fingerprint) return { outcome: "another-body" };
  if (row.status !== null) return { outcome: "answered", status: row.status, body: row.body };
  // What was made decides the answer, whether the request that made it still lives or not.
  return row.madeAt === null ? { outcome: "running" } : { outcome: "made", targetId: row.targetId };
}

/** Whether the file that comes again is the same to its last byte; reads it to its end. */
export async function isSameFile({ fileDigest: before }: RepeatRow, file: IncomingFile | null): Promise<boolean> {
  if (before === null || file === null) return true;
  const digest = file.watch();
  await file.discard();
  return digest() === before;
}

/** SQL that is true while this request is at it: another may have taken its place. */
export function isAtIt(keyId: string, { name, claim }: Repeat): SQL {
  return sql`exists (select 1 from named_write where key_id = ${keyId} and name = ${name} and claim = ${claim})`;
}

/** For the batch of the change: that it was made, and of what. */
export function madeStatement(
  db: Database,
  keyId: string,
  repeat: Repeat,
  made: { now: Date; when: SQL; targetId: SQL },
) {
  const { name, claim } = repeat;
  return db.run(sql`
    update named_write set made_at = ${made.now.getTime()}, target_id = ${made.targetId},
      file_digest = ${repeat.fileDigest?.() ?? null}
    where key_id = ${keyId} and name = ${name} and claim = ${claim} and ${made.when}`);
}

/** Keeps the answer; what may go better another time, such as one over a limit, is forgotten. */
export async function keepAnswer(
  db: Database,
  { keyId, claim, name, fileDigest }: Repeat,
  answer: { status: number; body: string },
) {
  const isOwn = and(eq(namedWrite.keyId, keyId ?? ""), eq(namedWrite.name, name), eq(namedWrite.claim, claim));
  const digest = fileDigest?.();
  // A file that was cut off may come whole another time.
  const isFinal = digest !== null && answer.status < 500 && ![401, 408, 429].includes(answer.status);
  const { status, body } = answer;
  if (isFinal)
    await db
      .update(namedWrite)
      .set({ status, body, fileDigest: digest ?? null })
      .where(isOwn);
  else await db.delete(namedWrite).where(and(isOwn, sql`${namedWrite.madeAt} is null`));
}
