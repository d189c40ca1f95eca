import { redirectDocument } from "react-router";
import { confirmWithPasskey } from "#app/auth/passkeys/operations.server.ts";
import { form } from "#app/request/doors.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";

export const loader = postOnly;

export const action = form(confirmWithPasskey, {
  leads: (_done, { redirectTo }) => redirectDocument(redirectTo, 303),
});
