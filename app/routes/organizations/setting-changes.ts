import { auditKey, dashboardQuery } from "#app/query-keys.ts";

/** What a change of the organization's settings makes out of date. */
export function settingKeys(organization: string) {
  return [dashboardQuery(organization).queryKey, auditKey(organization)];
}
