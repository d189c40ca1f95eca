import { listEntries } from "#app/audit/operations.server.ts";
import { query } from "#app/request/doors.server.ts";

export const loader = query(listEntries);
