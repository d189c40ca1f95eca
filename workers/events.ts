import { createDatabase, type Database } from "#app/db/client.server.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import { logFault } from "#app/request/faults.server.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { endGoneEndpoint } from "#app/webhooks/ending.server.ts";
import type { ReceiverRules } from "#app/webhooks/receiver-url.ts";
import { sendDueEvents } from "#app/webhooks/sending.server.ts";
import { type Env, type Variables, variablesOf } from "./environment.ts";

/** The time for work after a response: workerd ends such work after 30 seconds, and one attempt can take 15. */
export const AFTER_AN_ANSWER_MS = 10_000;
export const OF_A_SCHEDULE_MS = MINUTE_MS;

/** A queue delays a message by twelve hours at most; the schedule finds what is due later. */
const LONGEST_DELAY_SECONDS = 43_200;

export function receiverRulesOf({
  APP_ENV,
  APP_URL,
  DATABASE_URL,
  S3_ENDPOINT,
  WEBHOOKS_ALLOW_LOOPBACK,
}: Variables): ReceiverRules {
  return {
    ownOrigins: [APP_URL, DATABASE_URL.replace(/^libsql:/, "https:"), ...(S3_ENDPOINT ? [S3_ENDPOINT] : [])],
    allowsLoopback: APP_ENV === "development" && WEBHOOKS_ALLOW_LOOPBACK === "yes",
  };
}

type Run = { env: Env; db: Database; forMs: number };

/** Sends the events that are due and lets the queue wake us for the next one. Without a queue, the schedule finds it. */
export async function sendEvents({ env, db, forMs }: Run): Promise<void> {
  const variables = variablesOf(env);
  const next = await sendDueEvents({
    db,
    forMs,
    secretFor: (name) => tokenFor(variables.AUTH_SECRET, name),
    rules: receiverRulesOf(variables),
    gone: (endpointId) => endGoneEndpoint({ db, endpointId, now: new Date(), appUrl: variables.APP_URL }),
  });
  if (next === null || env.EVENTS === undefined) return;
  const delaySeconds = Math.min(Math.max(Math.ceil((next - Date.now()) / 1000), 0), LONGEST_DELAY_SECONDS);
  await env.EVENTS.send(null, { delaySeconds });
}

/** Handles the queue's messages. They are empty: the rows say which events are due. */
export async function wakeUp(env: Env): Promise<void> {
  const { DATABASE_URL, DATABASE_AUTH_TOKEN } = variablesOf(env);
  const db = createDatabase({ url: DATABASE_URL, authToken: DATABASE_AUTH_TOKEN });
  await sendEvents({ env, db, forMs: OF_A_SCHEDULE_MS }).catch((error: unknown) =>
    logFault(error, { job: "send events" }),
  );
}
