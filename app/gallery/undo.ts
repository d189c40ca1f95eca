import { href, redirect, replace } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { SEEN_BY, seenBy } from "#app/ui/line/seen-by.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { showToast, type Toast } from "#app/ui/toasts.ts";
import { galleryPlace } from "./gallery-place.ts";

type Deletion = {
  organization: string;
  images: readonly string[];
  refresh: (organization: string) => Promise<unknown>;
};

type Telling = Deletion & {
  message: string;
  send: (said: () => Omit<Toast, "tone">) => Promise<unknown>;
};

/** Sends a deletion and reports it with a button that undoes it. Later, the images can be restored from the trash. */
export async function announceDeletion({ message, send, ...deletion }: Telling) {
  const run = () => void undo(deletion);
  try {
    return await send(() => ({ message, action: { label: m.gallery_undo(), run } }));
  } catch (thrown) {
    const next = thrown instanceof Response ? thrown.headers.get("Location") : null;
    const { pathname, search } = new URL(next ?? "", location.origin);
    if (deletedIn(search).length === 0) throw thrown;
    // The message already says what the next page would say without scripts, so the redirect leaves that out.
    throw pathname === location.pathname
      ? replace(pathname + location.search)
      : redirect(pathname + placeIn(galleryPlace, search));
  }
}

async function undo({ organization, images, refresh }: Deletion) {
  const body = new URLSearchParams([[SEEN_BY, seenBy()], ...images.map((image) => ["image", image])]);
  const url = href("/organizations/:organization/gallery/trash/restore", { organization });
  const sent = { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" } as const;
  const answer = await fetch(url, sent).catch(() => null);
  // A refusal is JSON; success is a redirect.
  if (answer?.type === "opaqueredirect") showToast({ tone: "success", message: m.gallery_restored() });
  else showToast({ tone: "error", message: (await refusalIn(answer)) ?? m.gallery_undo_failed() });
  // The trash is not in the cache, and may be open by now.
  await Promise.all([refresh(organization), window.__reactRouterDataRouter?.revalidate()]);
}

/** Why the images stay deleted, in the server's words: someone else may have restored or removed them in the meantime. */
async function refusalIn(answer: Response | null): Promise<string | undefined> {
  const { fields } = Object(await answer?.json().catch(() => null));
  return fields?.[""]?.[0];
}

const DELETED = "deleted";

/** The URL that a deletion redirects to: the list that the images were in (from `search`), with an offer to undo the deletion. */
export function afterDeletion(
  { organization, search }: { organization: string; search: string },
  images: readonly string[],
) {
  const shown = new URLSearchParams(placeIn(galleryPlace, search));
  shown.set(DELETED, images.join("."));
  return `${href("/organizations/:organization/gallery", { organization })}?${shown}`;
}

/** The ids of deleted images, read from the search of the gallery's URL. The URL can be opened again much later. */
export function deletedIn(search: string): string[] {
  return new URLSearchParams(search).get(DELETED)?.split(".") ?? [];
}
