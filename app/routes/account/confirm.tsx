import { redirectDocument } from "react-router";
import { confirmByPassword, waysToConfirm } from "#app/auth/confirm.server.ts";
import { ConfirmPage } from "#app/auth/confirm-page.tsx";
import { Confirm, ConfirmVisit } from "#app/auth/factor-schemas.ts";
import { CONFIRMATIONS_PER_DAY, CONFIRMATIONS_PER_MINUTE } from "#app/auth/limits.ts";
import { m } from "#app/i18n/messages.ts";
import { allOf, perPersonAndDevice } from "#app/request/limits.server.ts";
import { read } from "#app/request/read.server.ts";
import { write } from "#app/request/write.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/confirm";

export const meta: Route.MetaFunction = () => [{ title: title(m.security_confirm_title()) }];

export const loader = read({
  validate: ConfirmVisit,
  authenticate: "session",
  authorize: "self",
  execute: waysToConfirm,
  answer: (ways, { viewer: { email } }, { redirectTo }) => ({ ways, email, redirectTo }),
});

export const action = write({
  validate: Confirm,
  authenticate: "session",
  authorize: "self",
  // Per day too: whoever has no password shows a code alone, which could be tried until one fits.
  limit: allOf(
    perPersonAndDevice("confirm", CONFIRMATIONS_PER_MINUTE, 60),
    perPersonAndDevice("confirms", CONFIRMATIONS_PER_DAY, 86_400),
  ),
  execute: confirmByPassword,
  refused: {
    "wrong-password": { status: 403, field: "password", message: () => m.account_password_wrong() },
    "wrong-code": { status: 403, field: "code", message: () => m.account_code_wrong() },
  },
  // A document, since what was asked for may be a file.
  answer: (_done, _grant, { redirectTo }) => redirectDocument(redirectTo, 303),
});

export default ConfirmPage;
