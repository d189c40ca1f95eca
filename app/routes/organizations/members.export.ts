import { exportMembers } from "#app/organizations/members/operations.server.ts";
import { download } from "#app/request/doors.server.ts";

export const loader = download(exportMembers);
