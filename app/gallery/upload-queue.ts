import { m } from "#app/i18n/messages.ts";
import { refusalOf, refusalOfPixels } from "#app/pictures/before-sending.ts";
import { IMAGE_SIZE_MAXIMUM, UPLOADS_AT_ONCE } from "./limits.ts";
import { type Answer, sendImage } from "./send-image.ts";

export type Upload = {
  id: number;
  /** Stays the same when the file is sent again, so the server recognizes an upload whose response was lost. */
  once: string;
  url: string;
  file: File;
  state: "waiting" | "sending" | "done" | "failed";
  sentShare: number;
  error: string | null;
  canRetry: boolean;
  isSignedOut: boolean;
  /** Whether it waits because of the rate limit. */
  isHeld: boolean;
};

type Target = { url: string; onDone: () => void };

// Kept outside React, so that uploads continue while the person looks at other pages.
const listeners = new Set<() => void>();
const jobs = new Map<number, { onDone: () => void; abort: AbortController }>();
let uploads: readonly Upload[] = [];
let lastId = 0;
let pausedUntil = 0;

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function currentUploads(): readonly Upload[] {
  return uploads;
}

/** Adds files to the end of the queue. A file that the server would certainly refuse fails here, without being sent. */
export function enqueue(files: Iterable<File>, { url, onDone }: Target) {
  const added = Array.from(files, (file): Upload => {
    lastId += 1;
    jobs.set(lastId, { onDone, abort: new AbortController() });
    const error = refusalOf(file, IMAGE_SIZE_MAXIMUM);
    const state = error === null ? "waiting" : "failed";
    const once = crypto.randomUUID();
    const flags = { canRetry: false, isSignedOut: false, isHeld: false };
    return { id: lastId, once, url, file, state, sentShare: 0, error, ...flags };
  });
  replace([...uploads, ...added]);
  pump();
}

export function retryUpload(id: number) {
  change(id, { state: "waiting", sentShare: 0, error: null, isSignedOut: false });
  pump();
}

export function dismissUpload(id: number) {
  replace(uploads.filter((upload) => upload.id !== id));
  jobs.get(id)?.abort.abort();
  jobs.delete(id);
  pump();
}

export function dismissFinished() {
  for (const { id, state } of uploads) if (state === "done" || state === "failed") dismissUpload(id);
}

function pump() {
  const free = UPLOADS_AT_ONCE - uploads.filter(({ state }) => state === "sending").length;
  const isPaused = Date.now() < pausedUntil;
  const next = isPaused ? [] : uploads.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free));
  for (const upload of next) void send(upload);
  const isBusy = uploads.some(({ state }) => state === "waiting" || state === "sending");
  window[isBusy ? "addEventListener" : "removeEventListener"]("beforeunload", askBeforeLeaving);
}

async function send({ id, once, url, file }: Upload) {
  const job = jobs.get(id);
  if (job === undefined) return;
  change(id, { state: "sending", sentShare: 0, isHeld: false });
  const refusal = await refusalOfPixels(file);
  if (job.abort.signal.aborted) return;
  if (refusal !== null) {
    change(id, { state: "failed", error: refusal });
    return pump();
  }
  const onProgress = (sentShare: number) => change(id, { sentShare });
  const answer = await sendImage(url, { file, once }, { onProgress, signal: job.abort.signal });
  if (answer.status === 201) {
    change(id, { state: "done", sentShare: 1 });
    job.onDone();
  } else if (answer.status === 429 && answer.retryAfter !== null) {
    pauseFor(answer.retryAfter);
    change(id, { state: "waiting", sentShare: 0, isHeld: true });
  } else {
    const isSignedOut = answer.status === 401;
    change(id, {
      state: "failed",
      error: messageOf(answer),
      canRetry: ![413, 415].includes(answer.status),
      isSignedOut,
    });
  }
  pump();
}

function messageOf({ status, message }: Answer): string {
  if (message !== null) return message;
  if (status === 0) return m.gallery_upload_offline();
  return status === 401 ? m.gallery_upload_signed_out() : m.gallery_upload_failed();
}

/** Files over the rate limit wait their turn instead of failing. */
function pauseFor(seconds: number) {
  pausedUntil = Date.now() + seconds * 1000;
  setTimeout(pump, seconds * 1000);
}

function change(id: number, values: Partial<Upload>) {
  replace(uploads.map((upload) => (upload.id === id ? { ...upload, ...values } : upload)));
}

function replace(next: readonly Upload[]) {
  uploads = next;
  for (const listener of listeners) listener();
}

function askBeforeLeaving(event: BeforeUnloadEvent) {
  event.preventDefault();
}
