import { seeNothing } from "#app/operation/nothing.server.ts";
import { page } from "#app/request/doors.server.ts";

export const loader = page(seeNothing, () => ({ status: "live" }));
