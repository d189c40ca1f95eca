import { chooseLook } from "#app/account/operations.server.ts";
import { form } from "#app/request/doors.server.ts";
import { postOnly } from "#app/request/post-only.server.ts";

export const loader = postOnly;

export const action = form(chooseLook, { leads: (_, { redirectTo }) => redirectTo });
