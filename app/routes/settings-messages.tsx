import "#app/i18n/messages-of/account.ts";
import "#app/i18n/messages-of/account-more.ts";
import "#app/i18n/messages-of/settings.ts";
import { Outlet } from "react-router";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";

export const handle: SpeaksOf = ["account", "account-more", "settings"];

export default Outlet;
