import { actionWords } from "#app/audit/action-words.ts";
import { EntryPage } from "#app/audit/entry-page.tsx";
import { showEntry } from "#app/audit/operations.server.ts";
import { organizationTitle } from "#app/frame/organization-title.ts";
import { formatDateTime } from "#app/i18n/format.ts";
import { page } from "#app/request/doors.server.ts";
import type { Route } from "./+types/audit.entry";

export const meta: Route.MetaFunction = organizationTitle(
  (entry) => actionWords(entry),
  ({ at }) => formatDateTime(at),
);

export const loader = page(showEntry);

export default EntryPage;
