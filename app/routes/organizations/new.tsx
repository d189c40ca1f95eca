import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { NewOrganizationPage } from "#app/organizations/new-organization-page.tsx";
import { askForOrganization, makeOrganization } from "#app/organizations/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.organizations_new()) }];

export const loader = page(askForOrganization);

export const action = form(makeOrganization, {
  leads: ({ slug }) => href("/organizations/:organization/dashboard", { organization: slug }),
});

export default NewOrganizationPage;
