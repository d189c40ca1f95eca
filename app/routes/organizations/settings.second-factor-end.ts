import { m } from "#app/i18n/messages.ts";
import { askForOneFactor } from "#app/organizations/settings/operations.server.ts";
import { SecondFactorPage } from "#app/organizations/settings/second-factor-page.tsx";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.settings_second_factor_title()) }];

export const loader = page(askForOneFactor);

export default SecondFactorPage;
