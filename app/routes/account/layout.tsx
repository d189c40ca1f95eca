import "#app/i18n/messages-of/account.ts";
import { Outlet } from "react-router";
import type { SpeaksOf } from "#app/i18n/catalog-parts.ts";

export const handle: SpeaksOf = ["account"];

export default Outlet;
