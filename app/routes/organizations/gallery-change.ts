import type { SubmissionResult } from "@conform-to/react";
import { queryClient } from "#app/query-client.ts";
import { dashboardQuery, galleryKey } from "#app/query-keys.ts";
import { showToast } from "#app/ui/toasts.ts";

/** For a `clientAction`: sends the form, drops what the cache holds of the gallery, and says when it is done. */
export async function changingGallery<T extends SubmissionResult | undefined>(
  organization: string,
  send: () => Promise<T>,
  { done }: { done: () => string },
): Promise<T> {
  try {
    const result = await send();
    if (result?.status === "success") showToast({ tone: "success", message: done() });
    return result;
  } catch (thrown) {
    const isRedirect = thrown instanceof Response && thrown.status < 400;
    if (isRedirect) showToast({ tone: "success", message: done() });
    throw thrown;
  } finally {
    await forgetGallery(organization);
  }
}

/** Marks the gallery's pages and the figures as out of date; the ones on the screen are asked for again. */
export async function refreshGallery(organization: string) {
  await Promise.all([
    queryClient().invalidateQueries({ queryKey: galleryKey(organization) }),
    queryClient().invalidateQueries({ queryKey: dashboardQuery(organization).queryKey }),
  ]);
}

/** The same without asking again: the loaders do, which the router runs after an action. */
async function forgetGallery(organization: string) {
  await Promise.all([
    queryClient().invalidateQueries({ queryKey: galleryKey(organization), refetchType: "none" }),
    queryClient().invalidateQueries({ queryKey: dashboardQuery(organization).queryKey, refetchType: "none" }),
  ]);
}
