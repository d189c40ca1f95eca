import { page } from "./doors.server.ts";
import { seeNothing } from "./nowhere.server.ts";

export const postOnly = page(seeNothing, () => new Response(null, { status: 405, headers: { Allow: "POST" } }));
