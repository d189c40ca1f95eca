import { href, useRouteLoaderData } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { Said } from "#app/i18n/said.ts";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { galleryPlace } from "./gallery-place.ts";

/** Shown only without scripts, under the notice that images were deleted, and only as long as that notice is. */
export function UndoNotice({ organization, images }: { organization: string; images: readonly string[] }) {
  const inList = usePlaceIn(galleryPlace);
  const said = useRouteLoaderData<{ said: Said | null } | null>("routes/frame")?.said;
  const isDeletion = said?.saying === "gallery_removed" || said?.saying === "gallery_removed_some";
  if (images.length === 0 || !isDeletion) return null;
  return (
    <noscript>
      <Form
        method="post"
        action={href("/organizations/:organization/gallery/trash/restore", { organization }) + inList}
        className="-mt-1 mb-6"
      >
        {images.map((image) => (
          <input key={image} type="hidden" name="image" value={image} />
        ))}
        <input type="hidden" name="undo" value="yes" />
        <Button variant="secondary">{m.gallery_undo()}</Button>
      </Form>
    </noscript>
  );
}
