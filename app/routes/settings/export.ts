import { exportAccount } from "#app/account/operations.server.ts";
import { download } from "#app/request/doors.server.ts";

export const loader = download(exportAccount);
