import { SEEN_BY, seenBy } from "#app/ui/line/seen-by.ts";

export type Answer = {
  status: number;
  message: string | null;
  retryAfter: number | null;
};

type Sent = { file: File; once: string };

type Sending = { onProgress: (sentShare: number) => void; signal: AbortSignal };

/** Sends one file as a form does, with the file last. Never rejects. `fetch` could not report the progress of the upload. */
export function sendImage(url: string, { file, once }: Sent, { onProgress, signal }: Sending): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = () => resolve({ status: 0, message: null, retryAfter: null });
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onerror = fail;
    request.onabort = fail;
    request.onload = () =>
      resolve({
        status: request.status,
        message: firstMessage(request.response),
        retryAfter: Number(request.getResponseHeader("Retry-After")) || null,
      });
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.set(SEEN_BY, seenBy());
    form.set("once", once);
    form.set("file", file);
    request.send(form);
  });
}

function firstMessage(answer: unknown): string | null {
  const fields: unknown = Object(answer).fields;
  const [first] = Object.values(Object(fields)).flat();
  return typeof first === "string" ? first : null;
}
