import { href, redirect } from "react-router";
import { logPlace } from "#app/audit/log-place.ts";
import { verifyLog } from "#app/audit/operations.server.ts";
import { announcePress } from "#app/frame/announce.ts";
import { form, postOnly } from "#app/request/doors.server.ts";
import { placeIn } from "#app/ui/list-place.ts";

export const loader = postOnly;

export const action = form(verifyLog, {
  leads: ({ goesOn }, { organization }, search) => {
    // With 307 the browser sends the form again, so that each request checks one piece.
    const inLog = placeIn(logPlace, search);
    return goesOn
      ? redirect(href("/organizations/:organization/audit/verify", { organization }) + inLog, 307)
      : href("/organizations/:organization/audit", { organization }) + inLog;
  },
});

export const clientAction = announcePress();
