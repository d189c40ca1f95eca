import { createHash } from "node:crypto";
import { requireKey, requirePrefix } from "./keys.ts";
import { deletionOf, errorCodeOf, parseListedFiles } from "./s3-xml.ts";
import { sendExactly } from "./send-exactly.server.ts";
import type { FileStorage, StoredFileInfo } from "./storage.ts";

export type S3Options = {
  endpoint: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  region?: string;
};

const KEYS_PER_DELETE = 1000;

export function createS3Storage({ endpoint, bucket, ...credentials }: S3Options): FileStorage {
  const root = `${endpoint.replace(/\/+$/, "")}/${bucket}`;
  const urlOf = (key: string) => `${root}/${requireKey(key).split("/").map(encodeURIComponent).join("/")}`;

  async function send(url: string, init: RequestInit = {}, retries = 3): Promise<Response> {
    // Loaded late: with R2 itself, the Worker never needs it.
    const { AwsClient } = await import("aws4fetch");
    return new AwsClient({ ...credentials, service: "s3", retries }).fetch(url, init);
  }

  async function deleteSome(keys: string[]) {
    const body = deletionOf(keys);
    const headers = {
      "Content-MD5": createHash("md5").update(body).digest("base64"),
      "Content-Type": "application/xml",
    };
    const response = await send(`${root}?delete=`, { method: "POST", headers, body });
    const code = errorCodeOf(await requireOk(response).text());
    if (code) throw new Error(`The storage could not delete every file: ${code}`);
  }

  return {
    async put(key, stream, { length, type }) {
      const url = urlOf(key);
      const headers = { "Content-Type": type };
      try {
        await sendExactly(stream, length, async (body) => {
          // A stream can be sent only once, so an upload is not retried here.
          const response = await send(url, { method: "PUT", headers, body }, 0);
          await dropBody(requireOk(response), null);
        });
      } catch (error) {
        // A server can keep a part of an upload that broke off, or store all of it and lose the response.
        await deleteSome([key]).catch(() => {});
        throw error;
      }
    },
    async get(key, range) {
      const headers = range ? { Range: `bytes=${range.offset}-${range.offset + range.length - 1}` } : {};
      const response = await send(urlOf(key), { headers });
      if (response.status === 416)
        throw await dropBody(response, new RangeError(`The range begins past the end of ${key}`));
      if (response.status === 404) return dropBody(response, null);
      return { ...infoOf(requireOk(response)), body: response.body ?? new Blob([]).stream() };
    },
    async head(key) {
      const response = await send(urlOf(key), { method: "HEAD" });
      return response.status === 404 ? null : infoOf(requireOk(response));
    },
    async delete(keys) {
      const left = keys.map(requireKey);
      while (left.length > 0) await deleteSome(left.splice(0, KEYS_PER_DELETE));
    },
    async list(prefix, { cursor, limit = 1000 } = {}) {
      const query = new URLSearchParams({ "list-type": "2", "encoding-type": "url", "max-keys": String(limit) });
      query.set("prefix", requirePrefix(prefix));
      if (cursor) query.set("continuation-token", cursor);
      const response = await send(`${root}?${query}`);
      return parseListedFiles(await requireOk(response).text());
    },
  };
}

function infoOf({ headers }: Response): StoredFileInfo {
  const whole = headers.get("Content-Range")?.split("/")[1] ?? headers.get("Content-Length");
  return {
    size: Number(whole),
    type: headers.get("Content-Type") ?? "application/octet-stream",
    etag: headers.get("ETag") ?? "",
    uploadedAt: new Date(headers.get("Last-Modified") ?? Number.NaN),
  };
}

function requireOk(response: Response): Response {
  if (!response.ok) throw new Error(`The storage responded with ${response.status}`);
  return response;
}

async function dropBody<T>(response: Response, answer: T): Promise<T> {
  await response.body?.cancel();
  return answer;
}
