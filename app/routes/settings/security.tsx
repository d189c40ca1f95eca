import { z } from "zod";
import { ownEntries } from "#app/audit/log.server.ts";
import { OwnEntries } from "#app/audit/own-entries.tsx";
import { backupCodesLeft } from "#app/auth/authenticator.server.ts";
import { failedAttempts } from "#app/auth/failed-attempts.server.ts";
import { FailedAttempts } from "#app/auth/failed-attempts.tsx";
import { signInMethods } from "#app/auth/linked-accounts.server.ts";
import { passkeysOf } from "#app/auth/passkeys.server.ts";
import { SecurityPage } from "#app/auth/security-page.tsx";
import { liveSessions } from "#app/auth/sessions.server.ts";
import { m } from "#app/i18n/messages.ts";
import { together } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security";

export const meta: Route.MetaFunction = () => [{ title: title(m.organizations_own_security()) }];

export const loader = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) =>
    together({
      methods: signInMethods(scope),
      backupCodes: backupCodesLeft(scope),
      passkeys: passkeysOf(scope),
      sessions: liveSessions(scope),
      entries: ownEntries(scope),
      failed: failedAttempts(scope),
    }),
  answer: (found, { now }) => ({ ...found, now: now.getTime() }),
});

export default function SecurityRoute({ loaderData }: Route.ComponentProps) {
  const { entries, failed, ...security } = loaderData;
  return (
    <SecurityPage security={security}>
      <OwnEntries entries={entries} />
      <FailedAttempts attempts={failed} />
    </SecurityPage>
  );
}
