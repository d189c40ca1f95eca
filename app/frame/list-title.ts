import { pagedWords } from "#app/ui/paged-words.ts";
import { organizationTitle } from "./organization-title.ts";

/** The `meta` of a list in an organization, which comes in pages. */
export function listTitle<Data>(says: (found: Data) => string) {
  type Shown = Parameters<ReturnType<typeof organizationTitle<Data>>>[0];
  return (shown: Shown & { location: { search: string } }) =>
    organizationTitle<Data>((found) => pagedWords(says(found), shown.location.search))(shown);
}
