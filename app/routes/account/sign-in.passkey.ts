import { redirectDocument } from "react-router";
import { signInByPasskey } from "#app/auth/passkeys/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(signInByPasskey, { leads: (_done, { redirectTo }) => redirectDocument(redirectTo, 303) });
