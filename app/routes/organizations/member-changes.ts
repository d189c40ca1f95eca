import { auditKey, dashboardQuery, membersKey } from "#app/query-keys.ts";

/** What a change of members or invitations makes out of date. */
export function memberKeys(organization: string) {
  return [membersKey(organization), dashboardQuery(organization).queryKey, auditKey(organization)];
}
