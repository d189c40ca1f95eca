import { AppearancePage } from "#app/account/appearance-page.tsx";
import { showAppearance } from "#app/account/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { fontSheets } from "#app/ui/fonts.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/appearance";

export const meta: Route.MetaFunction = () => [{ title: title(m.organizations_own_appearance()) }];

export const links: Route.LinksFunction = () =>
  Object.values(fontSheets).flatMap((href) => (href === undefined ? [] : [{ rel: "stylesheet", href }]));

export const loader = page(showAppearance);

export default AppearancePage;
