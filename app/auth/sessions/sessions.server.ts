import { and, desc, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { isTrue } from "#app/db/is-true.server.ts";
import { emailChange, session } from "#app/db/schema/people.ts";
import { deviceName } from "#app/i18n/device-name.ts";
import { regionName } from "#app/i18n/region-name.ts";
import type { Grant, Scope } from "#app/operation/grant.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { forgetDevices } from "../factors/remembered-devices.server.ts";
import { providerName } from "../providers/providers.ts";
import { replacedBy } from "./proofs.server.ts";
import { isAlive } from "./session-life.server.ts";

export type LiveSession = {
  id: string;
  isCurrent: boolean;
  device: string;
  isPhone: boolean;
  ipAddress: string | null;
  /** Roughly where the session began, in words; null if unknown. */
  place: string | null;
  method: string;
  startedAt: number;
  lastSeenAt: number;
};

export function liveSessions(scope: Scope<"self">): Plan<LiveSession[]> {
  const { viewer, now, providers } = scope;
  const isCurrent = isTrue(sql`${session.token} = ${viewer.sessionToken}`);
  const rows = scope
    .select({
      id: session.id,
      isCurrent,
      userAgent: session.userAgent,
      ipAddress: session.ipAddress,
      method: session.method,
      country: session.country,
      city: session.city,
      startedAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
    })
    .from(session)
    .where(isAlive(now))
    .orderBy(desc(isCurrent), desc(session.lastSeenAt), desc(session.id));
  return plan({ rows }, ({ rows }) =>
    rows.map(({ userAgent, startedAt, lastSeenAt, method, country, city, ...row }) => ({
      ...row,
      ...deviceName(userAgent ?? ""),
      place: country === null ? null : [city, regionName(country)].filter((name) => name !== null).join(", "),
      method: providerName(providers, method),
      startedAt: startedAt.getTime(),
      lastSeenAt: lastSeenAt.getTime(),
    })),
  );
}

/** Succeeds if the session has already ended. */
export async function endSession(grant: Grant<"self">, { session: id }: { session: string }) {
  const ended = await end(grant, eq(session.id, id));
  const isOwn = ended.some(({ token }) => token === grant.viewer.sessionToken);
  if (isOwn) grant.signIns().forget();
  return { ok: true, isOwn } as const;
}

export async function endOtherSessions(grant: Grant<"self">) {
  const { deviceHash } = grant;
  await end(grant, ne(session.token, grant.viewer.sessionToken), { forgets: { deviceHash } });
  return { ok: true } as const;
}

export async function endAllSessions(grant: Grant<"self">) {
  await end(grant, sql`true`, { forgets: {} });
  grant.signIns().forget();
  return { ok: true } as const;
}

async function end(grant: Grant<"self">, which: SQL, { forgets }: { forgets?: { deviceHash?: string } } = {}) {
  const { made } = await change(grant, {
    action: "session.ended",
    where: sql`exists (select 1 from ${session} where ${grant.rows(session, which, isAlive(grant.now))})`,
    // Runs even if no session is left to end.
    first: (may) => ({
      ...(forgets && {
        wish: may.remove(emailChange, isNull(emailChange.changedAt)),
        remembered: forgetDevices(may, forgets),
      }),
    }),
    makes: (entry) => ({
      sessions: entry.remove(session, which).returning({ token: session.token }),
    }),
  });
  return made.sessions;
}

/** Ends the browser's session, even if a proof in another tab has given it a new token since this request was sent. */
export async function signOut(grant: Grant<"public">) {
  const { sentToken: token } = grant.signIns();
  if (token !== null) {
    const isThis = or(eq(session.token, token), eq(session.replaces, replacedBy(token)));
    await change(grant, {
      action: "session.ended",
      by: sql`(select ${session.userId} from ${session} where ${isThis})`,
      where: sql`exists (select 1 from ${session} where ${isThis})`,
      makes: (entry) => {
        const { db, when } = entry.unsafe("A session that waits for its second factor signs nobody in yet.");
        return { session: db.delete(session).where(and(isThis, when)) };
      },
    });
  }
  grant.signIns().forget();
  return { ok: true } as const;
}
