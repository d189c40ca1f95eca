import { glanceAtBell } from "#app/notifications/operations.server.ts";
import { query } from "#app/request/doors.server.ts";

export const loader = query(glanceAtBell);
