import "./gallery.css";
import { type MouseEvent, useRef, useState } from "react";
import { href, useLocation } from "react-router";
import { formatBytes, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { Button, LinkButton } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { late } from "#app/ui/line/late.tsx";
import { tell } from "#app/ui/line/trouble.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { Selection } from "#app/ui/selection.tsx";
import { DropZone } from "./drop-zone.tsx";
import { GalleryFilter } from "./gallery-filter.tsx";
import { galleryPlace } from "./gallery-place.ts";
import { ImageCard } from "./image-card.tsx";
import type { Image, ImagesPage } from "./images.server.ts";
import { IMAGE_SIZE_MAXIMUM } from "./limits.ts";
import { StorageMeter } from "./storage-meter.tsx";
import { deletedIn } from "./undo.ts";
import { UndoNotice } from "./undo-notice.tsx";
import { UploadForm } from "./upload-form.tsx";
import { UploadPanel } from "./upload-panel.tsx";
import { enqueue } from "./upload-queue.ts";

const ImageDialog = late(() => import("./image-dialog.tsx"));

type GalleryProps = {
  organization: string;
  found: ImagesPage;
  hrefFor: (page: number) => string;
  onIntent: (page: number) => void;
  onUploaded: () => void;
};

export function Gallery({ organization, found, hrefFor, onIntent, onUploaded }: GalleryProps) {
  const { images, page, pages, total, hasMore, filter, storage } = found;
  const address = href("/organizations/:organization/gallery", { organization });
  const isFiltered = filter.search !== "" || filter.by !== undefined || filter.type !== undefined;
  const [asked, setAsked] = useState<{ image: Image; about: "rename" | "remove" } | null>(null);
  const isFull = storage.used >= storage.quota;
  const url = href("/organizations/:organization/gallery/files", { organization });
  const upload = (files: Iterable<File>) => enqueue(files, { url, onDone: onUploaded });
  const hadFocus = useRef(false);
  const uploadForm = isFull ? undefined : <UploadForm {...{ organization, hadFocus }} onFiles={upload} />;
  const { search } = useLocation();
  const isSelecting = total > 0 && new URLSearchParams(search).has("select");
  const here = hrefFor(page);
  const inList = placeIn(galleryPlace, search);
  const tiles = total > 0 && (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-5 lg:grid-cols-4">
      {images.map((image, index) => (
        <ImageCard
          key={image.id}
          organization={organization}
          image={image}
          inList={inList}
          isEager={index < FIRST_ROW}
          isSelecting={isSelecting}
          onAsk={(about) => setAsked({ image, about })}
        />
      ))}
    </ul>
  );
  return (
    <>
      <UndoNotice organization={organization} images={deletedIn(search)} />
      <PageHeader
        title={m.gallery_title()}
        description={countWords({ total, hasMore, isFiltered })}
        actions={
          <>
            <StorageMeter {...storage} />
            {total > 0 && (
              <LinkButton
                to={isSelecting ? here : `${here}${here.includes("?") ? "&" : "?"}select=yes`}
                variant="secondary"
                preventScrollReset
              >
                {isSelecting ? m.common_cancel() : m.gallery_select_images()}
              </LinkButton>
            )}
            <LinkButton to={href("/organizations/:organization/gallery/trash", { organization })} variant="secondary">
              {m.gallery_trash()}
            </LinkButton>
            {(total > 0 || isFiltered) && uploadForm}
          </>
        }
      />
      {isFull && (
        <div className="mb-6">
          <Notice tone="warning">{m.gallery_quota_full_notice({ quota: formatBytes(storage.quota) })}</Notice>
        </div>
      )}
      {(total > 0 || isFiltered) && <GalleryFilter {...{ address, found, isFiltered }} />}
      {total === 0 && isFiltered && (
        <EmptyState
          icon="search"
          title={m.gallery_none_title()}
          description={m.gallery_none_description()}
          action={
            <LinkButton to={address} variant="secondary">
              {m.common_filter_clear()}
            </LinkButton>
          }
        />
      )}
      {total === 0 && !isFiltered && (
        <EmptyState
          icon={isFull ? "images" : "image-up"}
          title={m.gallery_empty_title()}
          description={m.gallery_empty_description({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) })}
          action={uploadForm}
        />
      )}
      {isSelecting ? (
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
          {tiles}
        </Selection>
      ) : (
        tiles
      )}
      <Pagination page={page} pages={pages} hrefFor={hrefFor} onIntent={onIntent} />
      {asked !== null && (
        <ImageDialog
          {...asked}
          organization={organization}
          onClose={() => setAsked(null)}
          onLost={() => setAsked(null)}
        />
      )}
      {!isFull && <DropZone onFiles={upload} />}
      <UploadPanel url={url} />
    </>
  );
}

const FIRST_ROW = 4;

/** Bypasses the router, which would treat the file as a page. */
function downloadSelected(event: MouseEvent<HTMLButtonElement>) {
  event.preventDefault();
  if (!navigator.onLine) return tell({ kind: "offline" });
  const { form, formAction } = event.currentTarget;
  const images = new FormData(form ?? undefined).getAll("image").map((image) => ["image", String(image)]);
  location.assign(`${formAction}?${new URLSearchParams(images)}`);
}

type Counted = { total: number; hasMore: boolean; isFiltered: boolean };

function countWords({ total, hasMore, isFiltered }: Counted): string {
  if (total === 0 && !isFiltered) return m.gallery_description();
  return hasMore ? m.gallery_more({ count: formatNumber(total) }) : m.gallery_count({ count: total });
}
