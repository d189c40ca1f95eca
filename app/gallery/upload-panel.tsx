import { useSyncExternalStore } from "react";
import { href, useLocation } from "react-router";
import { formatBytes } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { buttonClasses } from "#app/ui/button.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { Progress } from "#app/ui/progress.tsx";
import { currentUploads, dismissFinished, dismissUpload, retryUpload, subscribe, type Upload } from "./upload-queue.ts";

const none: readonly Upload[] = [];
const square = buttonClasses({ variant: "ghost", size: "small", isSquare: true });

export function UploadPanel({ url }: { url: string }) {
  const all = useSyncExternalStore(subscribe, currentUploads, () => none);
  const uploads = all.filter((upload) => upload.url === url);
  const done = uploads.filter(({ state }) => state === "done").length;
  const failed = uploads.filter(({ state }) => state === "failed").length;
  const isBusy = done + failed < uploads.length;
  const isHeld = uploads.some(({ isHeld }) => isHeld);
  const summary = isHeld ? m.gallery_uploads_held() : summaryOf({ total: uploads.length, done, failed, isBusy });
  return (
    <>
      <p role="status" aria-live="polite" className="sr-only">
        {summary}
      </p>
      <div aria-live="polite" className="sr-only">
        {uploads.map(({ id, file, error }) => error !== null && <p key={id}>{`${file.name}: ${error}`}</p>)}
      </div>
      {uploads.length > 0 && <div className="h-[min(26rem,60dvh)] sm:hidden" />}
      {uploads.length > 0 && (
        <section
          aria-label={m.gallery_uploads()}
          className="fixed inset-x-3 bottom-3 z-20 flex max-h-[min(26rem,60dvh)] flex-col overflow-hidden rounded-xl border bg-raised shadow-pop sm:inset-x-auto sm:end-5 sm:bottom-5 sm:w-96"
        >
          <div className="flex shrink-0 items-center justify-between gap-3 border-b py-2 ps-4 pe-2">
            <h2 className="font-medium text-sm tabular-nums">{summary}</h2>
            {!isBusy && (
              <button type="button" onClick={dismissFinished} aria-label={m.gallery_uploads_close()} className={square}>
                <Icon name="x" />
              </button>
            )}
          </div>
          <ul className="min-h-0 divide-y divide-border overflow-y-auto">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

type Counts = { total: number; done: number; failed: number; isBusy: boolean };

function summaryOf({ total, done, failed, isBusy }: Counts): string {
  if (total === 0) return "";
  if (isBusy) return m.gallery_uploads_running({ done, total });
  return failed === 0 ? m.gallery_uploads_done({ count: done }) : m.gallery_uploads_failed({ count: failed });
}

function UploadRow({ upload: { id, file, state, sentShare, error, canRetry, isSignedOut } }: { upload: Upload }) {
  const { pathname, search } = useLocation();
  return (
    <li className="flex items-center gap-2 py-2 ps-4 pe-2">
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3 text-sm">
          <span className="truncate" dir="auto">
            {file.name}
          </span>
          <span className="shrink-0 text-muted text-xs tabular-nums">{formatBytes(file.size)}</span>
        </div>
        {state === "failed" ? (
          <p className="mt-0.5 flex gap-1.5 text-danger text-xs">
            <Icon name="triangle-alert" className="mt-0.5 size-3.5" />
            <span>
              {error}
              {isSignedOut && (
                <>
                  {" "}
                  {/* In another tab, since this one holds the files. */}
                  <a
                    href={`${href("/login")}?${new URLSearchParams({ redirectTo: pathname + search })}`}
                    target="_blank"
                    rel="noreferrer"
                    className="font-medium underline"
                  >
                    {m.common_sign_in()}
                  </a>
                </>
              )}
            </span>
          </p>
        ) : (
          <Progress label={file.name} value={sentShare} max={1} className="mt-2 mb-1" />
        )}
      </div>
      {state === "done" && <Icon name="circle-check" label={m.gallery_upload_done()} className="m-2 text-success" />}
      {state === "failed" && canRetry && (
        <button
          type="button"
          onClick={() => retryUpload(id)}
          aria-label={m.gallery_upload_retry({ name: file.name })}
          className={square}
        >
          <Icon name="rotate-cw" />
        </button>
      )}
      {state !== "done" && (
        <button
          type="button"
          onClick={() => dismissUpload(id)}
          aria-label={
            state === "failed"
              ? m.gallery_upload_dismiss({ name: file.name })
              : m.gallery_upload_cancel({ name: file.name })
          }
          className={square}
        >
          <Icon name="x" />
        </button>
      )}
    </li>
  );
}
