import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Form } from "#app/ui/form.tsx";
import { usePlaceIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { galleryPlace } from "./gallery-place.ts";

/** Shown only without scripts; with scripts, a toast says the same. */
export function UndoNotice({ organization, images }: { organization: string; images: readonly string[] }) {
  const inList = usePlaceIn(galleryPlace);
  if (images.length === 0) return null;
  return (
    <noscript>
      <Form
        method="post"
        action={href("/organizations/:organization/gallery/trash/restore", { organization }) + inList}
        className="mb-6 grid gap-3"
      >
        <Notice tone="info">{images.length === 1 ? m.gallery_removed() : m.gallery_removed_some()}</Notice>
        {images.map((image) => (
          <input key={image} type="hidden" name="image" value={image} />
        ))}
        <input type="hidden" name="undo" value="yes" />
        <Button variant="secondary" className="w-fit">
          {m.gallery_undo()}
        </Button>
      </Form>
    </noscript>
  );
}
