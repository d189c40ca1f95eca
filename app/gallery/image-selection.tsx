import type { MouseEvent, ReactNode } from "react";
import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { tell } from "#app/ui/line/trouble.ts";
import { Selection } from "#app/ui/selection.tsx";
import type { Image } from "./images.server.ts";

type ImageSelectionProps = {
  organization: string;
  images: readonly Image[];
  /** The search of the list, so that the page after the deletion is the same one. */
  inList: string;
  children: ReactNode;
};

/** Downloads or deletes the images that are ticked among its children. */
export function ImageSelection({ organization, images, inList, children }: ImageSelectionProps) {
  return (
    <Selection
      action={href("/organizations/:organization/gallery/delete", { organization }) + inList}
      words={{
        selected: (count) => m.gallery_selected({ count }),
        all: m.gallery_select_all(),
        none: m.gallery_select_none(),
      }}
      list={images}
      look="selection-bar"
      preventScrollReset
      buttons={
        <>
          <Button
            variant="secondary"
            size="small"
            formMethod="get"
            formAction={href("/organizations/:organization/gallery/download", { organization })}
            onClick={downloadSelected}
          >
            <Icon name="download" />
            {m.gallery_download()}
          </Button>
          <Button variant="secondary" size="small">
            <Icon name="trash-2" />
            {m.gallery_remove()}
          </Button>
        </>
      }
    >
      {children}
    </Selection>
  );
}

/** Bypasses the router, which would treat the file as a page. */
function downloadSelected(event: MouseEvent<HTMLButtonElement>) {
  event.preventDefault();
  if (!navigator.onLine) return tell({ kind: "offline" });
  const { form, formAction } = event.currentTarget;
  const images = new FormData(form ?? undefined).getAll("image").map((image) => ["image", String(image)]);
  location.assign(`${formAction}?${new URLSearchParams(images)}`);
}
