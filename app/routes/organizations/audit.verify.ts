import { href, redirect } from "react-router";
import { verifyLog } from "#app/audit/operations.server.ts";
import { announcePress } from "#app/frame/announce.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(verifyLog, {
  // 307: the browser sends the form once more, so each request checks one piece.
  leads: ({ goesOn }, { organization }) =>
    goesOn
      ? redirect(href("/organizations/:organization/audit/verify", { organization }), 307)
      : href("/organizations/:organization/audit", { organization }),
});

export const clientAction = announcePress();
