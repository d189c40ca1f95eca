import { exportAccount } from "#app/account/operations.server.ts";
import { page } from "#app/request/doors.server.ts";
import { download } from "#app/request/download.ts";

export const loader = page(exportAccount, download);
