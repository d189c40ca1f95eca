import { createHash } from "node:crypto";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { namedWrite } from "#app/db/schema/repeats.ts";
import { type Plan, planOf } from "#app/operation/plan.ts";
import { problem } from "./answers.server.ts";
import type { IncomingFile } from "./body/incoming-file.server.ts";
import type { ParsedBody } from "./body/parsed-body.server.ts";
import { keyOf } from "./key-access.server.ts";
import type { Passage } from "./passage.server.ts";
import { type Place, reachedBy } from "./place.server.ts";

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
function fingerprintOf({ method, url }: Request, { fields, file, held }: Extract<ParsedBody, { ok: true }>): string {
  const sent = file && [file.field, file.name, file.size, [...file.head]];
  const whole = (held ?? []).map(({ field, name, size, watch }) => [field, name, size, watch()()]);
  return createHash("sha256")
    .update(JSON.stringify([method, new URL(url).pathname, fields, sent, ...whole]))
    .digest("base64url");
}

/** A write with a name, and how the name stands once it is claimed. */
type Named = { repeat: Repeat; row: RepeatRow; fingerprint: string };

type Claiming = { place: Place; body: Extract<ParsedBody, { ok: true }> };

/**
 * For the trip that decides access: claims the write if nobody is at it, and finds how it stands. Null: it has no name, or the key no
 * access.
 */
export function claimOf({ request, services, machines }: Passage, { place, body }: Claiming): Plan<Named | null> {
  const repeat = machines?.repeat ?? null;
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

/** The answer of before to a write that comes again; null: this request is the one to make it. Throws the refusal of any other. */
export async function answerOfBefore(
  { request }: Passage,
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
  // What was made decides the answer, whether the request that made it still lives or not.
  return row.madeAt === null ? { outcome: "running" } : { outcome: "made", targetId: row.targetId };
}

/** Whether the file that comes again is the same to its last byte; reads it to its end. */
async function isSameFile({ fileDigest: before }: RepeatRow, file: IncomingFile | null): Promise<boolean> {
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
