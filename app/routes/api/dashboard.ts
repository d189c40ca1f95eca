import { showDashboard } from "#app/dashboard/operations.server.ts";
import { query } from "#app/request/doors.server.ts";

export const loader = query(showDashboard);
