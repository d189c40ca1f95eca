import { beginSignIn } from "#app/auth/passkeys/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(beginSignIn, { shows: ({ options }) => Response.json(options) });
