import { desc, lt, type SQL, sql } from "drizzle-orm";
import type { Database } from "#app/db/client.server.ts";
import { mail } from "#app/db/schema/mail.ts";
import { failedAttempt, user } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { mailStatement } from "#app/mail/outbox.server.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { neighbourhoodOf } from "#app/operation/limits.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import {
  FAILED_ATTEMPTS_KEPT_DAYS,
  FAILED_ATTEMPTS_SHOWN,
  FAILED_ATTEMPTS_TOLD,
  NETWORKS_KEPT_PER_DAY,
} from "./limits.ts";

export type FailedAttempt = {
  method: (typeof failedAttempt.$inferSelect)["method"];
  network: string;
  count: number;
  lastAt: number;
};

export function failedAttempts(scope: Scope<"self">): Plan<FailedAttempt[]> {
  const { method, network, count, lastAt } = failedAttempt;
  const rows = scope
    .select({ method, network, count, lastAt })
    .from(failedAttempt)
    .orderBy(desc(lastAt))
    .limit(FAILED_ATTEMPTS_SHOWN);
  return plan({ rows }, ({ rows }) => rows.map((row) => ({ ...row, lastAt: row.lastAt.getTime() })));
}

type Failed = {
  person: SQL;
  method: FailedAttempt["method"];
};

/** Runs after the response is sent, so that the response time does not reveal whether the account exists. */
export function noteFailedAttempt(grant: Grant<"public"> | Grant<"self">, { person, method }: Failed): void {
  const { now, ipAddress, locale, appUrl } = grant;
  const day = now.toISOString().slice(0, 10);
  const isThisDay = sql`user_id = (${person}) and day = ${day}`;
  const attempts = sql`coalesce((select sum(count) from ${failedAttempt} where ${isThisDay}), 0)`;
  const network = sql`case when (select count(*) from ${failedAttempt} where ${isThisDay}) < ${NETWORKS_KEPT_PER_DAY}
    then ${neighbourhoodOf(ipAddress)} else '' end`;
  grant.after(async (db, sendMail) => {
    await db.batch([
      db.run(sql`
        insert into ${failedAttempt} (user_id, method, network, day, count, last_at)
        select id, ${method}, ${network}, ${day}, 1, ${now.getTime()} from ${user} where id = (${person})
        on conflict (user_id, day, method, network) do update set count = count + 1, last_at = excluded.last_at`),
      mailStatement(db, {
        id: grant.newId(),
        recipient: sql`(select email from ${user} where id = (${person}))`,
        about: sql`(${person})`,
        locale,
        template: "failed-attempts",
        data: { url: `${appUrl}/settings/security` },
        when: sql`${attempts} >= ${FAILED_ATTEMPTS_TOLD} and not exists (
          select 1 from ${mail} where ${mail.userId} = (${person}) and ${mail.template} = 'failed-attempts'
            and ${mail.createdAt} > ${now.getTime() - DAY_MS})`,
      }),
    ]);
    sendMail();
  });
}

export function forgetOldAttempts(db: Database, now: Date) {
  const before = new Date(now.getTime() - FAILED_ATTEMPTS_KEPT_DAYS * DAY_MS);
  return db.delete(failedAttempt).where(lt(failedAttempt.lastAt, before));
}
