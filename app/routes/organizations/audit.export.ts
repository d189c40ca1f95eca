import { exportLog } from "#app/audit/operations.server.ts";
import { download } from "#app/request/doors.server.ts";

export const loader = download(exportLog);
