import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { askForSuccessor, handOwnershipOver } from "#app/organizations/members/operations.server.ts";
import { HandOverPage } from "#app/organizations/settings/hand-over-page.tsx";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.settings_hand_over_title());

export const loader = page(askForSuccessor);

export const action = form(handOwnershipOver, {
  leads: (_done, { organization }) => href("/organizations/:organization/members", { organization }),
  says: "settings_handed_over",
});

export const clientAction = announce(() => m.settings_handed_over());

export default HandOverPage;
