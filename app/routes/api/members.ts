import { listMembers } from "#app/organizations/members/operations.server.ts";
import { query } from "#app/request/doors.server.ts";

export const loader = query(listMembers);
