import { randomInt } from "node:crypto";
import { and, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { change, type Writer } from "#app/change/change.server.ts";
import { authenticator } from "#app/db/schema/factors.ts";
import { session, signInCode, user } from "#app/db/schema/people.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { knownTo } from "#app/operation/limits.server.ts";
import { evenRow } from "../even-row.server.ts";
import { noteFailedAttempt } from "../failed-attempts.server.ts";
import { CODE_MINUTES, CODE_TRIES } from "../limits.ts";
import { isAlive } from "../sessions/session-life.server.ts";
import type { EnterCode } from "./schemas.ts";

type Public = Grant<"public">;

const BY_ADDRESS = "The person is not signed in, so the account is found by its email address.";

/** Writes the code and the mail in one batch. Statements, time and response are the same for known and unknown addresses. */
export async function requestCode(grant: Public, { email }: { email: string }) {
  const { now } = grant;
  const code = randomInt(1_000_000).toString().padStart(6, "0");
  const browser = grant.codeBrowser.bind();
  const expiresAt = now.getTime() + CODE_MINUTES * MINUTE_MS;
  await change(grant, {
    unlogged: "A requested code changes nothing until it is entered.",
    makes: (entry) => ({
      // There is one code at a time per address and browser: a new code replaces the old one.
      code: entry.unsafe(BY_ADDRESS).db.run(sql`
        insert into ${signInCode} (user_id, browser_hash, code_hash, tries, expires_at)
        select ${user.id}, ${browser.hash()}, ${browser.codeHash({ email, code })}, 0, ${expiresAt}
        from ${user} where ${user.email} = ${email}
        on conflict (user_id, browser_hash) do update
        set code_hash = excluded.code_hash, tries = 0, expires_at = excluded.expires_at`),
      mail: entry.mail({
        recipient: email,
        template: "sign-in-code",
        data: { code, minutes: CODE_MINUTES },
        also: sql`changes() = 1`,
        asked: knownTo(email, grant.deviceHash),
      }),
      even: evenRow(entry, grant),
    }),
  });
  return { ok: true } as const;
}

/** One batch counts the try, opens the session and deletes the code, so only one of many parallel requests gets in. */
export async function signInByCode(grant: Public, { email, code }: EnterCode) {
  const { now, codeBrowser, viewer } = grant;
  const person = sql<string>`(select ${user.id} from ${user} where ${user.email} = ${email})`;
  const isHere = and(eq(signInCode.userId, person), eq(signInCode.browserHash, codeBrowser.hash()));
  const isOpen = and(
    isHere,
    gt(signInCode.expiresAt, now),
    lte(signInCode.tries, CODE_TRIES),
    eq(signInCode.codeHash, codeBrowser.codeHash({ email, code })),
  );
  const signIns = grant.signIns();
  const holds = sql`exists (select 1 from ${signInCode} where ${isOpen})`;
  const opening = signIns.opening(person, { method: "code", factors: 1, holds });
  const { made, facts } = await change(grant, {
    unlogged: "The new session has its own entry.",
    makes: (entry) => {
      const { db } = entry.unsafe(BY_ADDRESS);
      return {
        tried: db
          .update(signInCode)
          .set({ tries: sql`${signInCode.tries} + 1` })
          .where(isHere),
        ...opening.statements,
        spent: db.delete(signInCode).where(and(isHere, opening.isOpen)),
        even: evenRow(entry, grant),
      };
    },
    facts: {
      half: grant
        .unsafe(BY_ADDRESS)
        .select({ id: authenticator.id })
        .from(authenticator)
        .where(and(eq(authenticator.userId, person), sql`not ${signIns.isRemembered(authenticator.userId)}`)),
      before: grant
        .unsafe(BY_ADDRESS)
        .select({ factors: session.factors })
        .from(session)
        .where(and(eq(session.token, viewer?.sessionToken ?? ""), eq(session.userId, person), isAlive(now))),
    },
  });
  const isHalf = facts.half.length > 0;
  if (!(await opening.keep(made))) {
    // Another tab of this browser has used the code.
    const [before] = facts.before;
    if (before !== undefined) return { ok: true, isHalf: isHalf && before.factors < 2 } as const;
    noteFailedAttempt(grant, {
      person: sql`select ${signInCode.userId} from ${signInCode} where ${isHere}`,
      method: "mailed-code",
    });
    return { ok: false, reason: "no-match" } as const;
  }
  return { ok: true, isHalf } as const;
}

/** Deletes the person's codes, in a change that also ends their other links. */
export function endCodesOf(person: string | SQL, { unsafe }: Pick<Writer, "unsafe">) {
  const { db, when } = unsafe("A code belongs to a person who is not signed in yet.");
  return db.delete(signInCode).where(and(eq(signInCode.userId, person), when));
}
