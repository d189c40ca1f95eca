import { redirect } from "react-router";
import { ChoosePreferences, choosePreferences } from "#app/account/choose-preferences.ts";
import { writePreferences } from "#app/account/preferences.server.ts";
import { isSecure } from "#app/auth/auth.server.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: ChoosePreferences,
  authenticate: "optional",
  authorize: "public",
  limit: changeLimit,
  execute: choosePreferences,
  refused: {},
  answer: async ({ preferences }, { appUrl }, { redirectTo }) =>
    redirect(redirectTo, { headers: { "Set-Cookie": await writePreferences(preferences, isSecure(appUrl)) } }),
});
