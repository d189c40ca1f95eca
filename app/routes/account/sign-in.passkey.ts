import { PASSKEY_ATTEMPTS_PER_MINUTE } from "#app/auth/limits.ts";
import { PasskeyAnswer } from "#app/auth/passkey-schemas.ts";
import { signInWithPasskey } from "#app/auth/passkeys.server.ts";
import { m } from "#app/i18n/messages.ts";
import { perNetwork } from "#app/request/limits.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";
import { signedInAt } from "../signed-in-at.ts";

export const loader = postOnly;

export const action = write({
  validate: PasskeyAnswer,
  authenticate: "none",
  authorize: "public",
  limit: perNetwork("passkey-answer", PASSKEY_ATTEMPTS_PER_MINUTE, 60),
  execute: signInWithPasskey,
  refused: { "not-accepted": { status: 401, message: () => m.account_passkey_not_accepted() } },
  answer: (_done, _grant, { redirectTo }) => signedInAt(redirectTo),
});
