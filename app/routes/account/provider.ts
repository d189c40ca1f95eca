import "#app/i18n/messages-of/account-more.ts";
import { redirectDocument } from "react-router";
import { goToProvider, showProvider } from "#app/auth/providers/operations.server.ts";
import { ProviderBeginPage } from "#app/auth/providers/provider-begin-page.tsx";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";
import { m } from "#app/i18n/messages.ts";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/provider";

export const handle: SpeaksOf = ["account-more"];

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: title(m.account_provider_continue({ provider: loaderData?.provider.name ?? "" })) },
];

export const loader = page(showProvider);

export const action = form(goToProvider, { leads: ({ url }) => redirectDocument(url, 303) });

export default ProviderBeginPage;
