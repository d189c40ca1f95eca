import { page } from "#app/request/doors.server.ts";
import { seeNothing } from "#app/request/nowhere.server.ts";

export const loader = page(seeNothing, () => ({ status: "live" }));
