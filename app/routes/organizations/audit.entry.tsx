import { EntryPage } from "#app/audit/entry-page.tsx";
import { showEntry } from "#app/audit/operations.server.ts";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/audit.entry";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.log_entry_title(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = page(showEntry);

export default EntryPage;
