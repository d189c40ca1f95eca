import { and, eq, gt } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
import { passkey } from "#app/db/schema/factors.ts";
import { verification } from "#app/db/schema/people.ts";
import { MINUTE_MS } from "#app/durations.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { digest } from "#app/tokens.server.ts";
import { CHALLENGE_MINUTES } from "../limits.ts";

export const WHOSE = "A passkey identifies its person before anyone is signed in.";

type Anyone = Grant<"public"> | Grant<"self">;

/** A challenge can only be answered for what it was made for, and one for a new passkey only by the person who asked for it. */
type Challenge = { challenge: string; purpose: string };

export const ANSWER = "answer:";

export const creationBy = (userId: string) => `new:${userId}:`;

export async function keepChallenge(grant: Anyone, challenge: Challenge): Promise<void> {
  const expiresAt = new Date(grant.now.getTime() + CHALLENGE_MINUTES * MINUTE_MS);
  await change(grant, {
    unlogged: "A challenge belongs to no one and expires within minutes.",
    makes: (entry) => ({
      challenge: entry.insertLoose(verification, {
        ...{ id: grant.newId(), identifier: challengeIdentifier(challenge), value: "", expiresAt },
      }),
    }),
  });
}

export async function spendChallenge(grant: Anyone, challenge: Challenge, credentialId = "") {
  const { made, facts } = await change(grant, {
    unlogged: "A challenge belongs to no one and expires within minutes.",
    makes: (entry) => {
      const { db, when } = entry.unsafe(WHOSE);
      const isThis = eq(verification.identifier, challengeIdentifier(challenge));
      const isOpen = gt(verification.expiresAt, grant.now);
      return {
        open: db
          .delete(verification)
          .where(and(isThis, isOpen, when))
          .returning({ id: verification.id }),
      };
    },
    facts: { kept: grant.unsafe(WHOSE).select().from(passkey).where(eq(passkey.credentialId, credentialId)) },
  });
  return { isOpen: made.open.length > 0, kept: facts.kept[0] };
}

function challengeIdentifier({ challenge, purpose }: Challenge): string {
  return digest(`passkey:${purpose}${challenge}`);
}

export function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString());
    return String(challenge);
  } catch {
    return "";
  }
}
