import { redirectDocument } from "react-router";
import { confirmWithPasskey } from "#app/auth/passkeys/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(confirmWithPasskey, {
  leads: (_done, { redirectTo }) => redirectDocument(redirectTo, 303),
});
