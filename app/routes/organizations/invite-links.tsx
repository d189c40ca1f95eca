import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { InviteLinksPage } from "#app/organizations/invite-links/invite-links-page.tsx";
import { listInviteLinks } from "#app/organizations/invite-links/operations.server.ts";
import { page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.links_title());

export const loader = page(listInviteLinks);

export default InviteLinksPage;
