import { requireKey, requirePrefix } from "./keys.ts";
import { sendExactly } from "./send-exactly.server.ts";
import type { FileStorage, StoredFileInfo } from "./storage.ts";

const KEYS_PER_DELETE = 1000;

export function createR2Storage(bucket: R2Bucket): FileStorage {
  return {
    async put(key, stream, { length, type }) {
      requireKey(key);
      await sendExactly(stream, length, (body) => bucket.put(key, body, { httpMetadata: { contentType: type } }));
    },
    async get(key, range) {
      requireKey(key);
      try {
        const object = await bucket.get(key, range && { range });
        return object && { ...infoOf(object), body: object.body };
      } catch (error) {
        // The local simulator has no code of its own for this error, so the size shows whether it was the range.
        const info = range && (await bucket.head(key));
        throw info && range.offset >= info.size ? new RangeError(`The range begins past the end of ${key}`) : error;
      }
    },
    async head(key) {
      const object = await bucket.head(requireKey(key));
      return object && infoOf(object);
    },
    async delete(keys) {
      const left = keys.map(requireKey);
      while (left.length > 0) await bucket.delete(left.splice(0, KEYS_PER_DELETE));
    },
    async list(prefix, { cursor, limit = 1000 } = {}) {
      const page = await bucket.list({ prefix: requirePrefix(prefix), limit, ...(cursor && { cursor }) });
      return {
        files: page.objects.map(({ key, size, uploaded }) => ({ key, size, uploadedAt: uploaded })),
        cursor: page.truncated ? page.cursor : null,
      };
    },
  };
}

function infoOf({ size, httpMetadata, httpEtag, uploaded }: R2Object): StoredFileInfo {
  return {
    size,
    type: httpMetadata?.contentType ?? "application/octet-stream",
    etag: httpEtag,
    uploadedAt: uploaded,
  };
}
