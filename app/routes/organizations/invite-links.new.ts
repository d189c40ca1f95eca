import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { NewInviteLinkPage } from "#app/organizations/invite-links/new-invite-link-page.tsx";
import { askForInviteLink, makeInviteLink } from "#app/organizations/invite-links/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.links_new_title());

export const loader = page(askForInviteLink);

export const action = form(makeInviteLink, { shows: ({ link }) => ({ link }) });

export default NewInviteLinkPage;
