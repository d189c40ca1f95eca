import { Buffer } from "node:buffer";
import { sql } from "drizzle-orm";
import { auditEntry } from "#app/db/schema/audit.ts";

export type Facts = readonly (string | number | null)[];

/** The parts of an entry that may name a person and are hashed with a salt. `before` and `after` are JSON, as stored. */
export type Words = {
  ipSalt: string | null;
  ipAddress: string | null;
  userAgent: string | null;
  targetSalt: string | null;
  targetName: string | null;
  before: string | null;
  after: string | null;
};

export type Linked = {
  place: number;
  id: string;
  chain: string;
  actorId: string;
  actorKind: string | null;
  via: string | null;
  requestId: string | null;
  action: string;
  targetId: string | null;
  /** In milliseconds. */
  createdAt: number;
  ipDigest: string | null;
  targetDigest: string | null;
};

/** The columns that an entry's link and digests are made of, as they are stored and not as a program reads them. */
export const linkedColumns = {
  id: auditEntry.id,
  place: sql<number>`${auditEntry.sequence}`,
  actorId: auditEntry.actorId,
  actorKind: sql<string | null>`${auditEntry.actorKind}`,
  via: auditEntry.via,
  action: auditEntry.action,
  targetId: auditEntry.targetId,
  targetName: auditEntry.targetName,
  before: sql<string | null>`${auditEntry.before}`,
  after: sql<string | null>`${auditEntry.after}`,
  ipAddress: auditEntry.ipAddress,
  userAgent: auditEntry.userAgent,
  requestId: auditEntry.requestId,
  createdAt: sql<number>`${auditEntry.createdAt}`,
  ipSalt: auditEntry.ipSalt,
  targetSalt: auditEntry.targetSalt,
};

/** The facts whose digest links an entry to the one before it. `npm run audit:verify` computes the same by other means. */
export function linkOf(entry: Linked, previous: string): Facts {
  const { place, id, chain, actorId, actorKind, via, requestId, action, targetId, createdAt } = entry;
  const facts = [previous, place, id, chain, actorId, action, targetId, createdAt, entry.ipDigest, entry.targetDigest];
  // Without a kind, the entry is from before there were keys. Without a request, it is from before these were kept, or the
  // schedule's.
  if (actorKind === null) return facts;
  return [...facts, actorKind, via, ...(requestId === null ? [] : [requestId])];
}

/** A digest is null if its words were erased, with their salt, before the entry was sealed. */
export async function digestsOf(words: Words) {
  const [address, target] = saltedWords(words);
  return {
    ipDigest: address === null ? null : await digest(address),
    targetDigest: target === null ? null : await digest(target),
  };
}

export function saltedWords({ ipSalt, ipAddress, userAgent, targetSalt, targetName, before, after }: Words) {
  return [
    ipSalt === null ? null : [ipSalt, ipAddress, ...(userAgent === null ? [] : [userAgent])],
    targetSalt === null ? null : [targetSalt, targetName, before, after],
  ] as const;
}

/** SHA-256 in hexadecimal, over a JSON array of texts, numbers and nulls: JSON has only one way to write these. */
export async function digest(values: Facts): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytesOf(values))).toString("hex");
}

/** The digest with which the database linked its entries before the Worker did: SHA3-256. */
export async function formerDigest(values: Facts): Promise<string> {
  const { sha3_256 } = await import("@noble/hashes/sha3.js");
  return Buffer.from(sha3_256(bytesOf(values))).toString("hex");
}

function bytesOf(values: Facts) {
  return new TextEncoder().encode(JSON.stringify(values));
}
