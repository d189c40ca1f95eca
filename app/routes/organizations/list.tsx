import { whenOutdated } from "#app/frame/outdated.ts";
import { m } from "#app/i18n/messages.ts";
import { listOrganizations } from "#app/organizations/operations.server.ts";
import { OrganizationsPage } from "#app/organizations/organizations-page.tsx";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.organizations_list_title()) }];

export const loader = page(listOrganizations);

/** An invitation that ended meanwhile is no longer offered. */
export const shouldRevalidate = whenOutdated;

export default OrganizationsPage;
