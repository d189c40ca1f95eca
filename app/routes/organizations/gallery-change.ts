import { queryClient } from "#app/query-client.ts";
import { dashboardQuery, galleryKey } from "#app/query-keys.ts";

/** What a change of an image makes out of date. */
export function galleryKeys(organization: string) {
  return [galleryKey(organization), dashboardQuery(organization).queryKey];
}

/** Marks it as out of date; what is on the screen is asked for again. */
export async function refreshGallery(organization: string) {
  const client = queryClient();
  await Promise.all(galleryKeys(organization).map((queryKey) => client.invalidateQueries({ queryKey })));
}
