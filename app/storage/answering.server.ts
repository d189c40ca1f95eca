import { openChunks } from "#app/bytes/chunks.server.ts";
import { answeredWithin, Outage, outageOf } from "#app/outside/outage.ts";
import { requireKey, requirePrefix } from "./keys.ts";
import type { FileStorage, StoredFile } from "./storage.ts";

type Answering = {
  answerWithinMs: number;
  report: (outage: Outage) => void;
};

/**
 * Every method rejects with an `Outage` on a failure or after the limit, and a body breaks off. The limit does not count the time
 * in which the sender of an upload is waited for.
 */
export function createAnsweringStorage(storage: FileStorage, { answerWithinMs, report }: Answering): FileStorage {
  const ask = <T>(work: () => Promise<T>) => answeredWithin("storage", answerWithinMs, work).catch(toOutage);

  return {
    async put(key, stream, file) {
      requireKey(key);
      const watch = createWatch(answerWithinMs);
      const source = watchSource(stream, watch);
      watch.resume();
      try {
        await Promise.race([storage.put(key, source.stream, file), watch.late]);
      } catch (error) {
        source.stop(error);
        if (source.fault !== undefined) throw source.fault;
        return toOutage(error);
      } finally {
        watch.pause();
      }
    },
    async get(key, range) {
      requireKey(key);
      const found = await ask(() => storage.get(key, range));
      if (found === null) return null;
      const rest = Math.max(0, found.size - (range?.offset ?? 0));
      const length = Math.min(rest, range?.length ?? rest);
      return { ...found, body: steady(found, { length, answerWithinMs, report }) };
    },
    async head(key) {
      requireKey(key);
      return ask(() => storage.head(key));
    },
    async delete(keys) {
      keys.forEach(requireKey);
      return ask(() => storage.delete(keys));
    },
    async list(prefix, page) {
      requirePrefix(prefix);
      return ask(() => storage.list(prefix, page));
    },
  };
}

/** A range past the end, or a source of another length, is not the storage's fault. */
async function toOutage(error: unknown): Promise<never> {
  if (error instanceof RangeError) throw error;
  throw outageOf(error) ?? new Outage("storage", "failed", { cause: error });
}

type Watch = {
  late: Promise<never>;
  resume: () => void;
  pause: () => void;
};

function createWatch(limitMs: number): Watch {
  const { promise: late, reject } = Promise.withResolvers<never>();
  late.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expire = () => reject(new Outage("storage", `did not respond within ${limitMs / 1000} s`));
  return {
    late,
    resume: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, limitMs);
    },
    pause: () => clearTimeout(timer),
  };
}

/** The same stream. The time in which it waits for its source does not count. */
function watchSource(stream: ReadableStream<Uint8Array>, watch: Watch) {
  const reader = stream.getReader();
  const source = {
    fault: undefined as unknown,
    stop: (reason: unknown) => void reader.cancel(reason).catch(() => {}),
    stream: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          watch.pause();
          try {
            const next = await reader.read();
            if (next.done) controller.close();
            else controller.enqueue(next.value);
          } catch (error) {
            source.fault = error;
            throw error;
          } finally {
            watch.resume();
          }
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    ),
  };
  return source;
}

function steady({ body }: StoredFile, { length, answerWithinMs, report }: Answering & { length: number }) {
  // Its length is fixed if it is known, so that the response can state it.
  const { readable, writable } = Number.isSafeInteger(length)
    ? new FixedLengthStream(length)
    : new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const read = openChunks(body);
  const next = () => answeredWithin("storage", answerWithinMs, read.next).catch(toOutage);

  async function copy() {
    for (let chunk = await next(); chunk !== null; chunk = await next()) await writer.write(chunk);
    await writer.close();
  }

  copy().catch((error: unknown) => {
    const outage = outageOf(error);
    if (outage !== null) report(outage);
    void writer.abort(error).catch(() => {});
    read.cancel(error);
  });
  return readable;
}
