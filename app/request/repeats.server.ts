import { createHash } from "node:crypto";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { NAMED_WRITE_HOURS, namedWrite } from "#app/db/schema/repeats.ts";
import { HOUR_MS, MINUTE_MS } from "#app/durations.server.ts";
import { type Plan, planOf } from "#app/operation/plan.ts";
import { problem } from "./answers.server.ts";
import type { IncomingFile } from "./body/incoming-file.server.ts";
import type { ParsedBody } from "./body/parsed-body.server.ts";
import type { Call } from "./call.server.ts";
import { keyOf } from "./key-access.server.ts";
import { type Place, reachedBy } from "./place.server.ts";

const KEPT_MS = NAMED_WRITE_HOURS * HOUR_MS;
/** After this time, a request that has changed nothing counts as dead. */
const CLAIM_MS = MINUTE_MS;

/** A write with an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): done once, with the same response each time. */
export type Repeat = {
  name: string;
  claim: string;
  /** Null until it is known that this request is the one to make the write. */
  keyId: string | null;
  /** Returns the digest of the body's file, or null while the file has not been read to its end. */
  fileDigest?: () => string | null;
  /** Returns the stored response. If it was lost, makes it from what the change made. */
  replays(standing: Extract<Standing, { outcome: "answered" | "made" }>): Response;
};

type RepeatRow = typeof namedWrite.$inferSelect;

/** Returns null without a header, and "unreadable" if its value is not a name. */
export function repeatOf(said: string | null, making: Pick<Repeat, "claim" | "replays">): Repeat | "unreadable" | null {
  if (said === null) return null;
  const name = said.replace(/^"(.*)"$/, "$1");
  return /^[\x21-\x7e]{1,255}$/.test(name) ? { name, keyId: null, ...making } : "unreadable";
}

/** Covers the size and first bytes of a streamed file. The rest has not arrived yet, and is compared later by its digest. */
function fingerprintOf(
  { method, url }: Request,
  { fields, file, buffered }: Extract<ParsedBody, { ok: true }>,
): string {
  const sent = file && [file.field, file.name, file.size, [...file.head]];
  const whole = (buffered ?? []).map(({ field, name, size, watch }) => [field, name, size, watch()()]);
  return createHash("sha256")
    .update(JSON.stringify([method, new URL(url).pathname, fields, sent, ...whole]))
    .digest("base64url");
}

/** A write with a name, and the row of the name after the claim. */
type Named = { repeat: Repeat; row: RepeatRow; fingerprint: string };

type Claiming = { place: Place; body: Extract<ParsedBody, { ok: true }> };

/**
 * For the round trip that checks access: claims the write if no other request is making it, and reads its row. The result is null
 * if the write has no name, or the key has no access.
 */
export function claimOf({ request, services, program }: Call, { place, body }: Claiming): Plan<Named | null> {
  const repeat = program?.repeat ?? null;
  if (repeat === null || place.kind !== "key") return planOf(null);
  const { db } = services;
  const { name, claim } = repeat;
  const fingerprint = fingerprintOf(request, body);
  const reached = reachedBy(place);
  const keyId = keyOf(place.asked);
  const now = place.asked.now.getTime();
  const isDead = sql`named_write.made_at is null and named_write.status is null
    and named_write.fingerprint = excluded.fingerprint and named_write.claimed_at <= ${now - CLAIM_MS}`;
  const statements = [
    db.run(sql`
      insert into named_write (key_id, name, fingerprint, claim, claimed_at)
      select ${keyId}, ${name}, ${fingerprint}, ${claim}, ${now} where ${reached} is not null
      on conflict (key_id, name) do update set fingerprint = excluded.fingerprint, claim = excluded.claim,
        claimed_at = excluded.claimed_at, file_digest = null, made_at = null, target_id = null, status = null, body = null
      where named_write.claimed_at <= ${now - KEPT_MS} or (${isDead})`),
    db
      .select()
      .from(namedWrite)
      .where(and(eq(namedWrite.keyId, keyId), eq(namedWrite.name, name))),
  ];
  const shape = ([, rows]: readonly unknown[]) => {
    const [row] = rows as RepeatRow[];
    return row === undefined ? null : { repeat, row, fingerprint };
  };
  return { statements, shape };
}

/** Returns the first response if the write is a repeat, or null if this request is to make it. Else rejects with 409 or 422. */
export async function answerOfBefore(
  { request }: Call,
  named: Named | null,
  file: IncomingFile | null,
): Promise<Response | null> {
  if (named === null) return null;
  const { repeat, row } = named;
  const standing = standingOf(named);
  if (standing.outcome === "running") throw problem(request, 409, { error: "idempotency-running" });
  if (standing.outcome === "another-body") throw problem(request, 422, { error: "idempotency-mismatch" });
  if (standing.outcome === "own") {
    repeat.keyId = row.keyId;
    if (file !== null) repeat.fileDigest = file.watch();
    return null;
  }
  if (!(await isSameFile(row, file))) throw problem(request, 422, { error: "idempotency-mismatch" });
  return repeat.replays(standing);
}

type Standing =
  | { outcome: "own" }
  | { outcome: "running" }
  | { outcome: "another-body" }
  | { outcome: "answered"; status: number; body: string | null }
  | { outcome: "made"; targetId: string | null };

function standingOf({ row, repeat, fingerprint }: Named): Standing {
  if (row.claim === repeat.claim) return { outcome: "own" };
  if (row.fingerprint !== fingerprint) return { outcome: "another-body" };
  if (row.status !== null) return { outcome: "answered", status: row.status, body: row.body };
  // Once the change is made, it decides the response, even if the request that made it has died.
  return row.madeAt === null ? { outcome: "running" } : { outcome: "made", targetId: row.targetId };
}

/** Whether the file of a repeat is the same to its last byte. Reads it to its end. */
async function isSameFile({ fileDigest: before }: RepeatRow, file: IncomingFile | null): Promise<boolean> {
  if (before === null || file === null) return true;
  const digest = file.watch();
  await file.discard();
  return digest() === before;
}

/** SQL that is true while this request has the claim. Another request may have taken it over. */
export function isAtIt(keyId: string, { name, claim }: Repeat): SQL {
  return sql`exists (select 1 from named_write where key_id = ${keyId} and name = ${name} and claim = ${claim})`;
}

/** For the batch of the change: records that the change was made, and of which target. */
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

/** Refusals that may not happen next time. After 412, the caller reads again and sends the same write with a new ETag. */
const PASSING = [401, 408, 412, 429];

/** Stores the response, unless it is a refusal that may not happen next time. */
export async function keepAnswer(
  db: Database,
  { keyId, claim, name, fileDigest }: Repeat,
  answer: { status: number; body: string },
) {
  const isOwn = and(eq(namedWrite.keyId, keyId ?? ""), eq(namedWrite.name, name), eq(namedWrite.claim, claim));
  const digest = fileDigest?.();
  // A file that was cut off may arrive complete next time.
  const isFinal = digest !== null && answer.status < 500 && !PASSING.includes(answer.status);
  const { status, body } = answer;
  if (isFinal)
    await db
      .update(namedWrite)
      .set({ status, body, fileDigest: digest ?? null })
      .where(isOwn);
  else await db.delete(namedWrite).where(and(isOwn, sql`${namedWrite.madeAt} is null`));
}
