import { href, type ShouldRevalidateFunctionArgs } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { DeletePage } from "#app/organizations/settings/delete-page.tsx";
import { askForOrganizationDeletion, endOrganization } from "#app/organizations/settings/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.settings_delete_title());

export const loader = page(askForOrganizationDeletion);

export const action = form(endOrganization, { leads: () => href("/organizations"), says: "settings_deleted" });

export const clientAction = announce(() => m.settings_deleted());

/** After a wrong name, too: someone may have renamed the organization since the page was opened. */
export function shouldRevalidate({ actionStatus, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return defaultShouldRevalidate || actionStatus === 409;
}

export default DeletePage;
