import { page } from "./doors.server.ts";
import { seeNothing } from "./nowhere.server.ts";

/** The loader of a route that has nothing to show: 405 with the method that it takes. */
export const postOnly = page(seeNothing, () => new Response(null, { status: 405, headers: { Allow: "POST" } }));
