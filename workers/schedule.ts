import { createDatabase } from "#app/db/client.server.ts";
import { makeSearchTexts } from "#app/db/search.server.ts";
import { serverFeatures } from "#app/features.server.ts";
import { readinessFiles } from "#app/health/operations.server.ts";
import { deliverDueMail, forgetOldMail } from "#app/mail/outbox.server.ts";
import { emptyRemovedOrganizations } from "#app/organizations/settings/removal.server.ts";
import { ANSWER_LIMIT_MS } from "#app/outside/outage.ts";
import { logFault } from "#app/request/faults.server.ts";
import { createAnsweringStorage } from "#app/storage/answering.server.ts";
import { organizationFolder } from "#app/storage/folders.ts";
import { within } from "#app/storage/storage.ts";
import { sweepStrays } from "#app/storage/sweep.server.ts";
import type { Turn } from "#app/tenancy/feature.server.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { storageOf, transportOf } from "./adapters.ts";
import { type Env, variablesOf } from "./environment.ts";
import { OF_A_SCHEDULE_MS, sendEvents } from "./events.ts";

/**
 * Runs every five minutes: the scheduled jobs of the domains, mails and events that are due, and the removal of files without a
 * row. A job that fails is logged and does not stop the others.
 */
export async function runSchedule(env: Env, now = new Date()) {
  const variables = variablesOf(env);
  const db = createDatabase({ url: variables.DATABASE_URL, authToken: variables.DATABASE_AUTH_TOKEN });
  const report = (error: unknown) => logFault(error, { job: "sweep" });
  const storage = createAnsweringStorage(storageOf(env, variables), { answerWithinMs: ANSWER_LIMIT_MS, report });
  const turn = { db, storage, now, appUrl: variables.APP_URL };
  const ofDomains = serverFeatures.flatMap(({ scheduled = {} }) => Object.entries(scheduled));
  const ofAll: Record<string, (turn: Turn) => Promise<unknown>> = {
    "empty removed organizations": () =>
      emptyRemovedOrganizations({
        db,
        storageOf: (id) => within(storage, organizationFolder(id)),
        emptied: serverFeatures.flatMap(({ emptied = [] }) => emptied),
      }),
    "deliver mail": () =>
      deliverDueMail({
        ...{ db, now, transport: transportOf(variables, db), appUrl: variables.APP_URL },
        tokenFor: (name) => tokenFor(variables.AUTH_SECRET, name),
        languages: variables.LANGUAGES,
        first: "oldest",
      }),
    "forget mail": forgetOldMail,
    "make search texts": () => makeSearchTexts(db),
    sweep,
    // Last, because it can take a minute.
    "send events": () => sendEvents({ env, db, forMs: OF_A_SCHEDULE_MS }),
  };
  // A list, since a record would run only one of two jobs with the same name.
  for (const [job, run] of [...ofDomains, ...Object.entries(ofAll)])
    await run(turn).catch((error: unknown) => logFault(error, { job }));
}

async function sweep({ db, storage, now }: Turn) {
  const owners = [...serverFeatures.flatMap(({ files }) => files?.(db) ?? []), readinessFiles];
  const { removed, stretch } = await sweepStrays({ storage, owners, now });
  const lost = await Promise.all(serverFeatures.map(({ lost }) => lost?.({ db, stretch, now }) ?? []));
  if (removed > 0) console.warn(JSON.stringify({ level: "warn", sweep: "files without a row", removed }));
  for (const missing of lost.filter(({ length }) => length > 0)) {
    console.warn(JSON.stringify({ level: "warn", sweep: "rows without a file", missing }));
  }
}
