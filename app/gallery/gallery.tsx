import { useRef, useState } from "react";
import { href } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { late } from "#app/ui/line/late.tsx";
import { Notice } from "#app/ui/notice.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { DropZone } from "./drop-zone.tsx";
import { ImageCard } from "./image-card.tsx";
import type { Image, ImagesPage } from "./images.server.ts";
import { IMAGE_SIZE_MAXIMUM } from "./limits.ts";
import { StorageMeter } from "./storage-meter.tsx";
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
  const [asked, setAsked] = useState<{ image: Image; about: "rename" | "remove" } | null>(null);
  const isFull = storage.used >= storage.quota;
  const url = href("/organizations/:organization/gallery/files", { organization });
  const upload = (files: Iterable<File>) => enqueue(files, { url, onDone: onUploaded });
  const hadFocus = useRef(false);
  const uploadForm = isFull ? undefined : <UploadForm {...{ organization, hadFocus }} onFiles={upload} />;
  return (
    <>
      <PageHeader
        title={m.gallery_title()}
        description={total === 0 ? m.gallery_description() : m.gallery_count({ count: total })}
        actions={
          <>
            <StorageMeter {...storage} />
            {total > 0 && uploadForm}
          </>
        }
      />
      {isFull && (
        <div className="mb-6">
          <Notice tone="warning">{m.gallery_quota_full_notice({ quota: formatBytes(storage.quota) })}</Notice>
        </div>
      )}
      {total === 0 ? (
        <EmptyState
          icon={isFull ? "images" : "image-up"}
          title={m.gallery_empty_title()}
          description={m.gallery_empty_description({ maximum: formatBytes(IMAGE_SIZE_MAXIMUM) })}
          action={uploadForm}
        />
      ) : (
        <ul className="grid grid-cols-2 gap-3 sm:gap-5 lg:grid-cols-5">
          {images.map((image, index) => (
            <ImageCard
              key={image.id}
              organization={organization}
              image={image}
              isEager={index < FIRST_ROW}
              onAsk={(about) => setAsked({ image, about })}
            />
          ))}
        </ul>
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={hrefFor} onIntent={onIntent} />
      </div>
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

const FIRST_ROW = 5;
