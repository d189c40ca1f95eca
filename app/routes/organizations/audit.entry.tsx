import { EntryPage } from "#app/audit/entry-page.tsx";
import { showEntry } from "#app/audit/operations.server.ts";
import { nameOfOrganizationAt } from "#app/frame/organization-at.ts";
import { m } from "#app/i18n/messages.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/audit.entry";

export const meta: Route.MetaFunction = ({ matches: [, frame], params }) => [
  { title: title(m.log_entry_title(), nameOfOrganizationAt(frame.loaderData, params.organization)) },
];

export const loader = page(showEntry);

export default EntryPage;
