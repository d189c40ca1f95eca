import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { askForOneFactor } from "#app/organizations/settings/operations.server.ts";
import { SecondFactorPage } from "#app/organizations/settings/second-factor-page.tsx";
import { page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.settings_second_factor_end_title());

export const loader = page(askForOneFactor);

export default SecondFactorPage;
