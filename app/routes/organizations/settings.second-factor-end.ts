import { m } from "#app/i18n/messages.ts";
import { InOrganization } from "#app/organizations/schemas.ts";
import { SecondFactorPage } from "#app/organizations/settings/second-factor-page.tsx";
import { answer } from "#app/request/plan.ts";
import { read } from "#app/request/read.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/settings.second-factor-end";

export const meta: Route.MetaFunction = () => [{ title: title(m.settings_second_factor_title()) }];

export const loader = read({
  validate: InOrganization,
  authenticate: "fresh",
  authorize: "organization:update",
  execute: () => answer(null),
});

export default SecondFactorPage;
