import { searchEverything } from "#app/palette/operations.server.ts";
import { query } from "#app/request/doors.server.ts";

export const loader = query(searchEverything);
