import { href } from "react-router";
import { announce } from "#app/frame/announce.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { m } from "#app/i18n/messages.ts";
import { LeavePage } from "#app/organizations/members/leave-page.tsx";
import { askForLeaving, endMembership } from "#app/organizations/members/operations.server.ts";
import { form, page } from "#app/request/doors.server.ts";

export const meta = organizationTitle(() => m.members_leave_confirm());

export const loader = page(askForLeaving);

export const action = form(endMembership, { leads: () => href("/organizations"), says: "members_left" });

export const clientAction = announce(() => m.members_left());

export default LeavePage;
