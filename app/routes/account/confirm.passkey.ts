import { redirectDocument } from "react-router";
import { PasskeyAnswer } from "#app/auth/passkey-schemas.ts";
import { confirmByPasskey } from "#app/auth/passkeys.server.ts";
import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: PasskeyAnswer,
  authenticate: "session",
  authorize: "self",
  limit: changeLimit,
  execute: confirmByPasskey,
  refused: { "not-accepted": { status: 403, message: () => m.account_passkey_not_accepted() } },
  answer: (_done, _grant, { redirectTo }) => redirectDocument(redirectTo, 303),
});
