import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { askForInviting, invitePeople } from "#app/organizations/invitations/operations.server.ts";
import { inviteAgain } from "#app/organizations/invitations/refusals.ts";
import { WelcomePage } from "#app/organizations/invitations/welcome-page.tsx";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.invitations_welcome_title());

export const loader = page(askForInviting);

export const action = form(invitePeople, {
  leads: (_done, { organization }) => href("/organizations/:organization/dashboard", { organization }),
  empties: true,
  again: inviteAgain,
  says: "invitations_sent",
});

export const clientAction = announce(() => m.invitations_sent());

export default WelcomePage;
