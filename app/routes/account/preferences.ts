import { chooseLook } from "#app/account/operations.server.ts";
import { form, postOnly } from "#app/request/doors.server.ts";

export const loader = postOnly;

export const action = form(chooseLook, { leads: (_, { redirectTo }) => redirectTo });
