import { requireKey, requirePrefix } from "./keys.ts";

export type StoredFileInfo = {
  size: number;
  type: string;
  etag: string;
  uploadedAt: Date;
};

export type StoredFile = StoredFileInfo & { body: ReadableStream<Uint8Array> };

/** In bytes. `length` is at least 1 and is cut at the end of the file. */
export type FileRange = { offset: number; length: number };

export type ListedFiles = {
  files: { key: string; size: number; uploadedAt: Date }[];
  cursor: string | null;
};

/** Every method rejects with a TypeError for a key that `requireKey` refuses. */
export interface FileStorage {
  /** Rejects if the stream gives fewer or more bytes than `length`, and then nothing is stored. */
  put(key: string, stream: ReadableStream<Uint8Array>, file: { length: number; type: string }): Promise<void>;
  /** Null if there is no such file. Rejects with a RangeError if the range begins past the end. */
  get(key: string, range?: FileRange): Promise<StoredFile | null>;
  head(key: string): Promise<StoredFileInfo | null>;
  /** Ignores keys that do not exist. */
  delete(keys: string[]): Promise<void>;
  /** In the order of the keys, `limit` at a time: at most 1000, which is the default. */
  list(prefix: string, page?: { cursor?: string; limit?: number }): Promise<ListedFiles>;
}

export function within(storage: FileStorage, prefix: string): FileStorage {
  const folder = `${requireKey(prefix)}/`;
  const inside = (key: string) => folder + requireKey(key);
  return {
    put: async (key, stream, file) => storage.put(inside(key), stream, file),
    get: async (key, range) => storage.get(inside(key), range),
    head: async (key) => storage.head(inside(key)),
    delete: async (keys) => storage.delete(keys.map(inside)),
    async list(start, page) {
      const { files, cursor } = await storage.list(folder + requirePrefix(start), page);
      return { files: files.map((file) => ({ ...file, key: file.key.slice(folder.length) })), cursor };
    },
  };
}
