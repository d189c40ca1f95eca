import { z } from "zod";
import { changeLimit, uploadLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
import { nothing, together } from "#app/operation/plan.ts";
import { squareRefusals } from "#app/pictures/refusals.ts";
import { avatarFile, findAvatar } from "./avatars.server.ts";
import { choosePreferences } from "./choose-preferences.server.ts";
import { accountAsJson } from "./export.server.ts";
import { changeAvatar, profile, removeAvatar, renamePerson } from "./profile.server.ts";
import { deletionRefusals, lookRefusals } from "./refusals.ts";
import { deleteAccount, leftBehind } from "./removal.server.ts";
import { ChangeAvatar, ChoosePreferences, DeleteAccount, OneAvatar, RenamePerson } from "./schemas.ts";
import { timeZoneChoice } from "./time-zones.server.ts";

export const enterSettings = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: nothing,
});

export const showProfile = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: profile,
});

export const changeName = write({
  validate: RenamePerson,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: renamePerson,
  refused: {},
});

export const openAvatar = read({
  validate: OneAvatar,
  authenticate: "session",
  authorize: "self",
  execute: findAvatar,
  answer: avatarFile,
});

export const uploadAvatar = write({
  validate: ChangeAvatar,
  authenticate: "session",
  authorize: "self",
  limit: uploadLimit,
  execute: changeAvatar,
  refused: squareRefusals("avatar"),
});

export const deleteAvatar = write({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: removeAvatar,
  refused: {},
});

export const showAppearance = read({
  validate: z.unknown(),
  authenticate: "session",
  authorize: "self",
  execute: timeZoneChoice,
});

export const chooseAppearance = write({
  validate: ChoosePreferences,
  authenticate: "optional",
  authorize: "public",
  limit: changeLimit,
  execute: choosePreferences,
  refused: lookRefusals,
});

export const exportAccount = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  execute: nothing,
  answer: accountAsJson,
});

export const askForClosing = read({
  validate: z.unknown(),
  authenticate: "fresh",
  authorize: "self",
  // The address in the session's cookie can be some minutes old, and the deletion asks for the current one.
  execute: (scope) => together({ organizations: leftBehind(scope), person: profile(scope) }),
  answer: ({ organizations, person: { email } }) => ({ organizations, email }),
});

export const closeAccount = write({
  validate: DeleteAccount,
  authenticate: "fresh",
  authorize: "self",
  limit: changeLimit,
  execute: deleteAccount,
  refused: deletionRefusals,
});
