import { z } from "zod";
import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing } from "#app/operation/plan.ts";
import { OneSession, SignOut } from "../schemas.ts";
import { endAllSessions, endOtherSessions, endSession, signOut } from "./sessions.server.ts";

export const endThisSession = write({
  validate: SignOut,
  authenticate: "optional",
  authorize: "public",
  limit: { unlimited: "Signing out only ends the current session, and a limit would keep people signed in." },
  execute: signOut,
  refused: {},
});

export const endOneSession = write({
  validate: OneSession,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: endSession,
  refused: {},
});

export const askForSessionEnd = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: nothing,
});

export const endTheOtherSessions = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  asksFirst: true,
  limit: changeLimit,
  execute: endOtherSessions,
  refused: {},
});

export const endEverySession = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  asksFirst: true,
  limit: changeLimit,
  execute: endAllSessions,
  refused: {},
});
