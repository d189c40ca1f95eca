import { pagedWords } from "#app/ui/paged-words.ts";
import { organizationTitle } from "./organization-title.ts";

/** The `meta` of a paginated list in an organization. */
export function listTitle<Data>(says: (found: Data) => string) {
  type Shown = Parameters<ReturnType<typeof organizationTitle<Data>>>[0];
  return (shown: Shown & { location: { search: string } }) =>
    organizationTitle<Data>((found) => pagedWords(says(found), shown.location.search))(shown);
}
