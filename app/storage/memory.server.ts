import { requireKey, requirePrefix } from "./keys.ts";
import { exactly } from "./send-exactly.server.ts";
import type { FileStorage, StoredFileInfo } from "./storage.ts";

export function createMemoryStorage(now = () => new Date()): FileStorage {
  const files = new Map<string, StoredFileInfo & { bytes: Uint8Array<ArrayBuffer> }>();

  return {
    async put(key, stream, { length, type }) {
      requireKey(key);
      const bytes = new Uint8Array(length);
      let at = 0;
      for await (const chunk of exactly(stream.getReader(), length)) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const etag = `"${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
      files.set(key, { bytes, size: length, type, etag, uploadedAt: now() });
    },
    async get(key, range) {
      const file = files.get(requireKey(key));
      if (!file) return null;
      const { bytes, ...info } = file;
      if (range && range.offset >= info.size) throw new RangeError(`The range begins past the end of ${key}`);
      const part = range ? bytes.subarray(range.offset, range.offset + range.length) : bytes;
      return { ...info, body: new Blob([part]).stream() };
    },
    async head(key) {
      const file = files.get(requireKey(key));
      if (!file) return null;
      const { bytes: _, ...info } = file;
      return info;
    },
    async delete(keys) {
      for (const key of keys.map(requireKey)) files.delete(key);
    },
    async list(prefix, { cursor = "", limit = 1000 } = {}) {
      requirePrefix(prefix);
      const found = [...files]
        .filter(([key]) => key.startsWith(prefix) && key > cursor)
        .sort(([one], [other]) => (one < other ? -1 : 1));
      const page = found.slice(0, limit).map(([key, { size, uploadedAt }]) => ({ key, size, uploadedAt }));
      return { files: page, cursor: found.length > limit ? (page.at(-1)?.key ?? null) : null };
    },
  };
}
