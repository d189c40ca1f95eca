import type { Database } from "#app/db/client.server.ts";
import { DAY_SECONDS } from "#app/durations.server.ts";
import { PRODUCT_SLUG } from "#app/product.ts";
import { type Attempt, type Claimed, claimDue, nextDue, settle } from "./claims.server.ts";
import { ANSWER_WITHIN_SECONDS, CONNECTIONS } from "./limits.ts";
import { eventBody } from "./payload.server.ts";
import { type ReceiverRules, whyUnreachable } from "./receiver-url.ts";
import { type SecretFor, signatures, webhookSecret } from "./secrets.server.ts";

export type Sending = {
  db: Database;
  secretFor: SecretFor;
  rules: ReceiverRules;
  /** Called when an endpoint responds to an event with 410 Gone. */
  gone(endpointId: string): Promise<unknown>;
  /** A run after a response has seconds, a scheduled run has minutes. */
  forMs: number;
  limit?: number;
  answerWithinMs?: number;
  clock?: () => Date;
};

/** A Worker's subrequests are limited: each attempt takes three, each claim one. */
const ATTEMPTS_PER_RUN = 200;

/** Sends until nothing is due or time is up. Returns when the next is due (milliseconds); null if none was sent or is waiting. */
export async function sendDueEvents(sending: Sending): Promise<number | null> {
  const { db, forMs, limit = ATTEMPTS_PER_RUN, clock = () => new Date() } = sending;
  const until = clock().getTime() + forMs;
  const flying = new Set<Promise<void>>();
  let begun = 0;
  for (;;) {
    const room = Math.min(CONNECTIONS - flying.size, limit - begun);
    const claimed = room > 0 && clock().getTime() < until ? await claimDue({ db, now: clock(), limit: room }) : [];
    for (const each of claimed) {
      const flight = send(sending, each).finally(() => flying.delete(flight));
      flying.add(flight);
    }
    begun += claimed.length;
    if (flying.size === 0) break;
    await Promise.race(flying);
  }
  return begun === 0 ? null : nextDue(db);
}

async function send(sending: Sending, claimed: Claimed): Promise<void> {
  const { db, clock = () => new Date(), gone } = sending;
  const attempt = await attemptOnce(sending, claimed);
  // Before `settle`, so that nothing is claimed for the endpoint in between. A test never disables it, whatever the response is.
  if (attempt.status === 410 && claimed.entryId !== null) await gone(claimed.endpointId);
  await settle(db, claimed, attempt, clock());
}

async function attemptOnce(sending: Sending, claimed: Claimed): Promise<Attempt> {
  const { rules, answerWithinMs = ANSWER_WITHIN_SECONDS * 1000, clock = () => new Date() } = sending;
  const began = clock();
  const ended = (result: Partial<Attempt>): Attempt => ({
    ...{ status: null, fault: null, retryAfterSeconds: null },
    ...{ ms: clock().getTime() - began.getTime(), ...result },
  });
  // The URL may have been saved under other rules.
  if (whyUnreachable(claimed.url, rules) !== null) return ended({ fault: "address" });
  const signal = AbortSignal.timeout(answerWithinMs);
  try {
    const { status, headers, body } = await fetch(claimed.url, {
      ...requestOf(sending, claimed, began),
      // The target of a redirect has not been checked.
      redirect: "manual",
      signal,
    });
    // Only the status counts, and nobody may see the body of the response.
    body?.cancel().catch(() => {});
    return ended({ status, retryAfterSeconds: secondsOf(headers.get("Retry-After"), clock()) });
  } catch {
    return ended({ fault: signal.aborted ? "timeout" : "unreachable" });
  }
}

function requestOf({ secretFor }: Sending, claimed: Claimed, now: Date) {
  const { id, secretName, formerSecretName, formerSecretUntil } = claimed;
  const seconds = Math.floor(now.getTime() / 1000);
  const body = bodyOf(claimed);
  const isFormerAlive = formerSecretName !== null && formerSecretUntil !== null && formerSecretUntil > now;
  const names = isFormerAlive ? [secretName, formerSecretName] : [secretName];
  const secrets = names.map((name) => webhookSecret(secretFor, name));
  return {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": `${PRODUCT_SLUG}-webhooks/1`,
      "webhook-id": id,
      "webhook-timestamp": String(seconds),
      "webhook-signature": signatures({ id, seconds, body }, secrets),
    },
    body,
  };
}

function bodyOf(claimed: Claimed): string {
  const {
    entryId,
    event,
    createdAt,
    organization,
    actorKind,
    actorId,
    actorName,
    via,
    targetId,
    targetName,
    before,
    after,
  } = claimed;
  return eventBody(
    {
      ...{ type: event, id: entryId ?? claimed.id, at: createdAt, organization, before, after },
      actor: actorId === null ? null : { kind: actorKind, id: actorId, name: actorName, via },
      target: targetId === null ? null : { id: targetId, name: targetName },
    },
    claimed,
  );
}

const LONGEST_WAIT_SECONDS = DAY_SECONDS;

/** RFC 9110, section 10.2.3: seconds or a date. */
function secondsOf(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null) return null;
  const seconds = /^\d+$/.test(retryAfter.trim())
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - now.getTime()) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), LONGEST_WAIT_SECONDS) : null;
}
