import { href } from "react-router";
import { askForProviderLink, linkProvider } from "#app/auth/providers/operations.server.ts";
import { LinkPage } from "#app/auth/providers/provider-page.tsx";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/security.account-link";

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(m.security_account_link({ provider: loaderData?.name ?? "" })) },
];

export const loader = page(askForProviderLink);

export const action = form(linkProvider, { leads: () => href("/settings/security") });

export default LinkPage;
