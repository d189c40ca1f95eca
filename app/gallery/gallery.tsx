import "./gallery.css";
import { type ReactNode, useRef, useState } from "react";
import { href, useLocation } from "react-router";
import { formatBytes, formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { LinkButton } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { late } from "#app/ui/line/late.tsx";
import { placeIn } from "#app/ui/list-place.ts";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { DropZone } from "./drop-zone.tsx";
import { GalleryFilter } from "./gallery-filter.tsx";
import { galleryPlace } from "./gallery-place.ts";
import { ImageCard } from "./image-card.tsx";
import { ImageSelection } from "./image-selection.tsx";
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
  const { images, page, pages, total, storage } = found;
  const isFiltered = isNarrowed(found.filter);
  const isFull = storage.used >= storage.quota;
  const [asked, setAsked] = useState<{ image: Image; about: "rename" | "remove" } | null>(null);
  const url = href("/organizations/:organization/gallery/files", { organization });
  const upload = (files: Iterable<File>) => enqueue(files, { url, onDone: onUploaded });
  const hadFocus = useRef(false);
  const uploadForm = isFull ? undefined : <UploadForm {...{ organization, hadFocus }} onFiles={upload} />;
  const { search } = useLocation();
  const inList = placeIn(galleryPlace, search);
  const isSelecting = total > 0 && new URLSearchParams(search).has("select");
  const tiles = total > 0 && (
    <ul className="tiles">
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
        description={<span aria-live="polite">{countWords(found)}</span>}
        actions={
          <>
            <StorageMeter {...storage} />
            {total > 0 && <SelectLink here={hrefFor(page)} isSelecting={isSelecting} />}
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
      {(total > 0 || isFiltered) && <GalleryFilter {...{ organization, found, isFiltered }} />}
      {total === 0 && (isFiltered ? <NoneFound {...{ organization }} /> : <NoImages {...{ isFull, uploadForm }} />)}
      {isSelecting ? <ImageSelection {...{ organization, images, inList }}>{tiles}</ImageSelection> : tiles}
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

function isNarrowed({ search, by, type }: ImagesPage["filter"]): boolean {
  return search !== "" || by !== undefined || type !== undefined;
}

function countWords({ total, hasMore, filter }: ImagesPage): string {
  if (total === 0 && !isNarrowed(filter)) return m.gallery_description();
  return hasMore ? m.gallery_more({ count: formatNumber(total) }) : m.gallery_count({ count: total });
}

/** Selecting is part of the URL, so that it works without scripts. */
function SelectLink({ here, isSelecting }: { here: string; isSelecting: boolean }) {
  return (
    <LinkButton
      to={isSelecting ? here : `${here}${here.includes("?") ? "&" : "?"}select=yes`}
      variant="secondary"
      preventScrollReset
    >
      {isSelecting ? m.common_cancel() : m.gallery_select_images()}
    </LinkButton>
  );
}

function NoneFound({ organization }: { organization: string }) {
  return (
    <EmptyState
      icon="search"
      title={m.gallery_none_title()}
      description={m.gallery_none_description()}
      action={
        <LinkButton to={href("/organizations/:organization/gallery", { organization })} variant="secondary">
          {m.common_filter_clear()}
        </LinkButton>
      }
    />
  );
}

function NoImages({ isFull, uploadForm }: { isFull: boolean; uploadForm: ReactNode }) {
  return (
    <EmptyState
      icon={isFull ? "images" : "image-up"}
      title={m.gallery_empty_title()}
      description={isFull ? undefined : m.gallery_empty_description({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) })}
      action={uploadForm}
    />
  );
}
