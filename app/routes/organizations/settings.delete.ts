import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { DeletePage } from "#app/organizations/settings/delete-page.tsx";
import { askForDeletion, endOrganization } from "#app/organizations/settings/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.settings_delete_title());

export const loader = page(askForDeletion);

export const action = form(endOrganization, { leads: () => href("/organizations"), says: "settings_deleted" });

export const clientAction = announce(() => m.settings_deleted());

export default DeletePage;
