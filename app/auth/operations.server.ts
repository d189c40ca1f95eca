import { z } from "zod";
import { ownEntries } from "#app/audit/log.server.ts";
import { read } from "#app/operation/operation.server.ts";
import { together } from "#app/operation/plan.ts";
import { backupCodesLeft } from "./factors/authenticator.server.ts";
import { rememberedDevices } from "./factors/remembered-devices.server.ts";
import { failedAttempts } from "./failed-attempts.server.ts";
import { passkeysOf } from "./passkeys/passkeys.server.ts";
import { signInMethods } from "./providers/linked-accounts.server.ts";
import { liveSessions } from "./sessions/sessions.server.ts";
import { isSignedIn } from "./sessions/visitor.server.ts";

export const openPublicPage = read({
  validate: z.unknown(),
  authenticate: "optional",
  authorize: "public",
  execute: (scope) => together({ isSignedIn: isSignedIn(scope) }),
  answer: (found, { appUrl }) => ({ ...found, appUrl }),
});

export const showSecurity = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: (scope) =>
    together({
      methods: signInMethods(scope),
      backupCodes: backupCodesLeft(scope),
      passkeys: passkeysOf(scope),
      remembered: rememberedDevices(scope),
      sessions: liveSessions(scope),
      entries: ownEntries(scope),
      failed: failedAttempts(scope),
    }),
  answer: (found, { now }) => ({ ...found, now: now.getTime() }),
});
