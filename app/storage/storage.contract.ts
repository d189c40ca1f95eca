import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { inChunks } from "#app/test/in-chunks.ts";
import { type FileStorage, within } from "./storage.ts";

/** What every implementation promises. Each test has a folder of its own, so that tests can share a bucket. */
export function storageContract(createStorage: () => FileStorage) {
  const aFolder = () => within(createStorage(), `contract/${crypto.randomUUID()}`);

  test("a file comes back as it was put, with its size, type, etag and time", async () => {
    const storage = aFolder();
    const bytes = someBytes(300_000);
    await storage.put("images/one", inChunks(bytes, 7_001), { length: bytes.length, type: "image/png" });
    const file = await storage.get("images/one");
    expect(Buffer.compare(await bytesOf(file?.body), bytes)).toBe(0);
    expect(file).toMatchObject({ size: 300_000, type: "image/png", etag: expect.stringMatching(/^"[^"]+"$/) });
    expect(Math.abs(Date.now() - Number(file?.uploadedAt))).toBeLessThan(60_000);
    const { body: _, ...info } = file ?? {};
    expect(await storage.head("images/one")).toEqual(info);
  });

  test("an empty file is a file", async () => {
    const storage = aFolder();
    await storage.put("empty", inChunks(new Uint8Array(0), 1), { length: 0, type: "text/plain" });
    const file = await storage.get("empty");
    expect(file?.size).toBe(0);
    expect(await bytesOf(file?.body)).toEqual(new Uint8Array(0));
  });

  test("putting again replaces the file and its etag", async () => {
    const storage = aFolder();
    await storage.put("one", textStream("before"), { length: 6, type: "text/plain" });
    const before = await storage.head("one");
    await storage.put("one", textStream("and after"), { length: 9, type: "text/html" });
    const after = await storage.get("one");
    expect(new TextDecoder().decode(await bytesOf(after?.body))).toBe("and after");
    expect(after).toMatchObject({ size: 9, type: "text/html" });
    expect(after?.etag).not.toBe(before?.etag);
  });

  test("a file that does not exist is null", async () => {
    const storage = aFolder();
    expect(await storage.get("nothing")).toBeNull();
    expect(await storage.get("nothing", { offset: 0, length: 1 })).toBeNull();
    expect(await storage.head("nothing")).toBeNull();
  });

  test("a stream that ends early is refused and leaves nothing", async () => {
    const storage = aFolder();
    const short = storage.put("short", inChunks(someBytes(99_999), 4096), { length: 100_000, type: "image/png" });
    await expect(short).rejects.toThrow("99999 bytes arrived instead of the announced 100000");
    expect(await storage.head("short")).toBeNull();
    expect((await storage.list("")).files).toEqual([]);
  });

  test("a stream that is longer than announced is refused and leaves nothing", async () => {
    const storage = aFolder();
    for (const chunk of [997, 4096, 100_000, 100_001]) {
      const long = storage.put("long", inChunks(someBytes(100_001), chunk), { length: 100_000, type: "image/png" });
      await expect(long).rejects.toThrow("More bytes arrived than the announced 100000");
      expect(await storage.head("long")).toBeNull();
    }
  });

  test("a file that is announced as empty but is not is refused and leaves nothing", async () => {
    const storage = aFolder();
    const put = storage.put("empty", textStream("x"), { length: 0, type: "text/plain" });
    await expect(put).rejects.toThrow("More bytes arrived than the announced 0");
    expect(await storage.head("empty")).toBeNull();
  });

  test("a stream that breaks is refused and leaves nothing", async () => {
    const storage = aFolder();
    const broken = new ReadableStream<Uint8Array>(
      {
        start: (controller) => controller.enqueue(someBytes(50_000)),
        pull: (controller) => controller.error(new Error("the sender went away")),
      },
      { highWaterMark: 0 },
    );
    const put = storage.put("broken", broken, { length: 100_000, type: "image/png" });
    await expect(put).rejects.toThrow("the sender went away");
    expect(await storage.head("broken")).toBeNull();
  });

  test("an empty chunk changes nothing: not the bytes, and not whether a stream is refused that breaks after its last byte", async () => {
    const storage = aFolder();
    const bytes = someBytes(50_000);
    const sent = (end: (controller: ReadableStreamDefaultController<Uint8Array>) => void) => {
      const left = [new Uint8Array(0), bytes, new Uint8Array(0)];
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        const next = left.shift();
        return next === undefined ? end(controller) : controller.enqueue(next);
      };
      return new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
    };
    const announced = { length: bytes.length, type: "image/png" };
    await storage.put(
      "whole",
      sent((controller) => controller.close()),
      announced,
    );
    expect(await bytesOf((await storage.get("whole"))?.body)).toEqual(bytes);
    const ends = {
      "the sender went away": (controller: ReadableStreamDefaultController<Uint8Array>) =>
        controller.error(new Error("the sender went away")),
      "More bytes arrived": (controller: ReadableStreamDefaultController<Uint8Array>) => controller.enqueue(bytes),
    };
    for (const [message, end] of Object.entries(ends)) {
      await expect(storage.put("broken", sent(end), announced)).rejects.toThrow(message);
      expect(await storage.head("broken"), message).toBeNull();
    }
  });

  test("a range gives its bytes, is cut at the end, and is refused past it", async () => {
    const storage = aFolder();
    const bytes = someBytes(1000);
    await storage.put("one", inChunks(bytes, 100), { length: 1000, type: "image/png" });
    const middle = await storage.get("one", { offset: 250, length: 500 });
    expect(middle).toMatchObject({ size: 1000, type: "image/png" });
    expect(await bytesOf(middle?.body)).toEqual(bytes.slice(250, 750));
    const first = await storage.get("one", { offset: 0, length: 2 });
    expect(await bytesOf(first?.body)).toEqual(bytes.slice(0, 2));
    const end = await storage.get("one", { offset: 990, length: 500 });
    expect(await bytesOf(end?.body)).toEqual(bytes.slice(990));
    await expect(storage.get("one", { offset: 1000, length: 1 })).rejects.toThrow(RangeError);
  });

  test("a list has only the files under its prefix, in order, page by page", async () => {
    const storage = aFolder();
    const keys = ["images/a", "images/b", "images/c", "images/d", "images/e", "imagesque", "logos/a"];
    for (const key of keys) await storage.put(key, textStream(key), { length: key.length, type: "text/plain" });
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await storage.list("images/", { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.files.map((file) => file.key));
      sizes.push(page.files.length);
      expect(page.files.every((file) => file.size === file.key.length && file.uploadedAt instanceof Date)).toBe(true);
      expect(page.files.every((file) => Math.abs(Date.now() - Number(file.uploadedAt)) < 60_000)).toBe(true);
      cursor = page.cursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(keys.slice(0, 5));
    expect(sizes).toEqual([2, 2, 1]);
    expect((await storage.list("")).files.map((file) => file.key)).toEqual(keys);
    expect(await storage.list("videos/")).toEqual({ files: [], cursor: null });
  });

  test("deleting takes many, and does not mind those that are gone", async () => {
    const storage = aFolder();
    const keys = ["a", "b", "c"];
    for (const key of keys) await storage.put(key, textStream(key), { length: 1, type: "text/plain" });
    await storage.delete(["a", "c", "never"]);
    expect((await storage.list("")).files.map((file) => file.key)).toEqual(["b"]);
    await storage.delete([]);
    await storage.delete(["a"]);
    expect((await storage.list("")).files.map((file) => file.key)).toEqual(["b"]);
  });

  test("a key may have any letter a person writes", async () => {
    const storage = aFolder();
    const keys = ["a b", "50% + 1", "صورة", "été/naïve?#", "smile 🙂", "back\\slash"];
    for (const key of keys) await storage.put(key, textStream("x"), { length: 1, type: "text/plain" });
    expect((await storage.list("")).files.map((file) => file.key).sort()).toEqual([...keys].sort());
    for (const key of keys) expect(await storage.head(key), key).not.toBeNull();
    await storage.delete(keys);
    expect((await storage.list("")).files).toEqual([]);
  });

  test("a key that could leave its folder is refused", async () => {
    const whole = createStorage();
    const owner = crypto.randomUUID();
    await whole.put(`${owner}/secret`, textStream("x"), { length: 1, type: "text/plain" });
    for (const storage of [whole, within(whole, `${owner}/inner`)]) {
      for (const key of [
        "../secret",
        "a/../../secret",
        "..",
        ".",
        "a/./b",
        "/a",
        "a/",
        "a//b",
        "",
        "a\nb",
        "a\u0000",
      ]) {
        await expect(storage.get(key), key).rejects.toThrow(TypeError);
        await expect(storage.head(key), key).rejects.toThrow(TypeError);
        await expect(storage.delete([key]), key).rejects.toThrow(TypeError);
        await expect(storage.put(key, textStream("x"), { length: 1, type: "text/plain" }), key).rejects.toThrow(
          TypeError,
        );
        if (key !== "" && key !== "a/") await expect(storage.list(key), key).rejects.toThrow(TypeError);
      }
    }
  });

  test("a folder sees nothing of its neighbours", async () => {
    const whole = createStorage();
    const owner = crypto.randomUUID();
    const mine = within(whole, `organizations/${owner}`);
    const theirs = within(whole, `organizations/${owner}-too`);
    await mine.put("images/one", textStream("mine"), { length: 4, type: "text/plain" });
    await theirs.put("images/two", textStream("theirs"), { length: 6, type: "text/plain" });
    expect((await mine.list("")).files.map((file) => file.key)).toEqual(["images/one"]);
    expect(await mine.get("images/two")).toBeNull();
    await mine.delete(["images/two"]);
    expect(await whole.head(`organizations/${owner}-too/images/two`)).not.toBeNull();
    expect(() => within(whole, "organizations/../x")).toThrow(TypeError);
  });
}

function someBytes(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 251);
}

function textStream(text: string): ReadableStream<Uint8Array> {
  return inChunks(new TextEncoder().encode(text), 4);
}

async function bytesOf(body: ReadableStream<Uint8Array> | undefined): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body ?? "(no file)").arrayBuffer());
}
