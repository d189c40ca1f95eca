import { expect, test, vi } from "vitest";
import { SILENCE_LIMIT_MS, UnreadableBody } from "#app/bytes/byte-reader.server.ts";
import { dropBody, parseBody, parseMessage } from "./body.server.ts";
import type { IncomingFile } from "./incoming-file.server.ts";

const BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW";
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
const PICTURE = "\x89PNG\r\n\x1a\n".padEnd(3000, "\r\n--not the boundary");

test("a form's fields arrive as text, and repeated ones as a list", async () => {
  const form = "name=Ann%C3%A9e+1&tag=a&tag=b&empty=&tag=c";
  expect(await parseBody(aRequest("application/x-www-form-urlencoded;charset=UTF-8", form))).toEqual({
    ok: true,
    fields: { name: "Année 1", tag: ["a", "b", "c"], empty: "" },
    file: null,
  });
});

test("a JSON object arrives as it is", async () => {
  const parsed = await parseBody(aRequest("application/json; charset=utf-8", '{"name":"Ann","tags":["a"],"size":2}'));
  expect(parsed).toEqual({ ok: true, fields: { name: "Ann", tags: ["a"], size: 2 }, file: null });
});

test("half a surrogate pair, which the database would refuse, becomes a replacement character", async () => {
  const parsed = await parseBody(aRequest("application/json", '{"name":"\\ud800Ann","tags":["\\udc00"]}'));
  expect(parsed).toMatchObject({ fields: { name: "\ufffdAnn", tags: ["\ufffd"] } });
});

test("bytes that are no UTF-8 are unreadable, and a replacement character that was typed is one", async () => {
  const part = (value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="name"\r\n\r\n${value}\r\n--${BOUNDARY}--`;
  // With \x89 in it a text is written byte by byte.
  const damaged: [string, string][] = [
    ["application/json", '{"name":"Caf\x89"}'],
    ["application/x-www-form-urlencoded", "name=Caf\x89"],
    ["application/x-www-form-urlencoded", "name=Caf%E9"],
    ["application/x-www-form-urlencoded", "caf%E9=1"],
    [MULTIPART, part("Caf\x89")],
  ];
  for (const [type, text] of damaged)
    expect(await parseBody(aRequest(type, text)), text).toEqual(refusal(400, "unreadable"));
  const typed = aRequest("application/x-www-form-urlencoded", "name=Caf%EF%BF%BD+50%");
  expect(await parseBody(typed)).toMatchObject({ fields: { name: "Caf\ufffd 50%" } });
});

test("JSON that is no object, or no JSON, is unreadable", async () => {
  for (const text of ["[]", "null", '"text"', "1", "{", '{"a":1}x']) {
    expect(await parseBody(aRequest("application/json", text)), text).toEqual(refusal(400, "unreadable"));
  }
});

test("nothing sent is an empty form", async () => {
  const nothing = { ok: true, fields: {}, file: null };
  expect(await parseBody(new Request("https://app.test/", { method: "POST" }))).toEqual(nothing);
  expect(await parseBody(aRequest("application/json", ""))).toEqual(nothing);
  expect(await parseBody(aRequest(MULTIPART, `--${BOUNDARY}--\r\n`))).toEqual(nothing);
});

test("a sender who falls silent is given up on after half a minute, and not waited for again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    for (const type of ["application/x-www-form-urlencoded", "application/json", MULTIPART]) {
      const parsed = parseBody(aSilence(type, '{"name'));
      await vi.advanceTimersByTimeAsync(SILENCE_LIMIT_MS);
      expect(await parsed, type).toEqual(refusal(400, "unreadable"));
    }
    const inFile = multipart([file("file", "a.png", PICTURE)]).slice(0, 2_000);
    const incoming = requireFile(await parseBody(aSilence(MULTIPART, inFile, { length: 3_200 })));
    const read = new Response(incoming.stream()).bytes();
    const rejected = expect(read).rejects.toThrow(UnreadableBody);
    await vi.advanceTimersByTimeAsync(SILENCE_LIMIT_MS);
    await rejected;
    await incoming.discard();
    const dropped = dropBody(aSilence("text/plain", "a"));
    await vi.advanceTimersByTimeAsync(SILENCE_LIMIT_MS);
    await dropped;
  } finally {
    vi.useRealTimers();
  }
});

test("other content types and charsets are refused", async () => {
  const types = ["text/plain", "application/xml", "", "constructor", "application/json; charset=latin1"];
  for (const type of [...types, "multipart/mixed; boundary=a"]) {
    expect(await parseBody(aRequest(type, "a=b")), type).toEqual(refusal(415, "unsupported-type"));
  }
});

test("a body that says it is packed is refused, whatever is in it", async () => {
  const saying = (encoding: string) => {
    const request = aRequest("application/json", "{}");
    request.headers.set("Content-Encoding", encoding);
    return request;
  };
  for (const encoding of ["gzip", "GZIP", "br", "gzip, identity", "x"]) {
    expect(await parseBody(saying(encoding)), encoding).toEqual(refusal(415, "unsupported-type"));
    expect(await parseMessage(saying(encoding)), encoding).toEqual(refusal(415, "unsupported-type"));
  }
  expect(await parseBody(saying("identity"))).toMatchObject({ ok: true });
});

test("a key that names an object's prototype changes nothing", async () => {
  const bodies: [string, string][] = [
    ["application/x-www-form-urlencoded", "__proto__=1&__proto__=2&name=Ann"],
    ["application/json", '{"__proto__":{"isAdmin":true},"name":"Ann"}'],
    [MULTIPART, multipart([field("__proto__", "1"), field("name", "Ann")])],
  ];
  for (const [type, text] of bodies) {
    const parsed = await parseBody(aRequest(type, text));
    expect(parsed, type).toEqual({ ok: true, fields: { name: "Ann" }, file: null });
    expect(parsed.ok && Object.getPrototypeOf(parsed.fields), type).toBe(Object.prototype);
    expect("isAdmin" in {}).toBe(false);
  }
});

test("64 KB of fields are taken and one byte more is too large, in any type and however it is cut", async () => {
  const bodies: [string, (length: number) => string][] = [
    ["application/x-www-form-urlencoded", (length) => "a=".padEnd(length, "x")],
    ["application/json", (length) => `{"a":"${"x".repeat(length - 8)}"}`],
  ];
  for (const [type, ofLength] of bodies) {
    expect(await parseBody(aRequest(type, ofLength(65_536))), type).toMatchObject({ ok: true });
    expect(await parseBody(aRequest(type, ofLength(65_537))), type).toEqual(refusal(413, "too-large"));
  }
  const many = Array.from({ length: 2000 }, (_, at) => field(`f${at}`, ""));
  const fields = [multipart([field("a", "x".repeat(70_000))]), multipart(many)];
  for (const text of fields) {
    expect(await parseBody(aRequest(MULTIPART, text))).toEqual(refusal(413, "too-large"));
    expect(await parseBody(aRequest(MULTIPART, text, { chunk: 100 }))).toEqual(refusal(413, "too-large"));
  }
});

test("a field or a part's head that never ends is given up", async () => {
  for (const beginning of [`--${BOUNDARY}\r\n${field("a", "x")}`, `--${BOUNDARY}\r\nX-Endless: `]) {
    const chunks = [beginning, ...Array.from({ length: 20 }, () => "x".repeat(1_000_000))];
    expect(await parseBody(aRequest(MULTIPART, chunks))).toEqual(refusal(413, "too-large"));
  }
});

test("a multipart form and its file arrive, however the body is cut", async () => {
  const text = multipart([
    field("name", "Ann\r\nLee"),
    field("tag", "a"),
    field("tag", ""),
    file("image", "a b.png", PICTURE, "image/png"),
  ]);
  for (const chunk of [1, 2, 3, 7, 37, 64, 1000, text.length]) {
    const parsed = await parseBody(aRequest(MULTIPART, text, { chunk }));
    expect(parsed, `chunks of ${chunk}`).toMatchObject({
      ok: true,
      fields: { name: "Ann\r\nLee", tag: ["a", ""] },
      file: { field: "image", name: "a b.png", declaredType: "image/png", size: 3000 },
    });
    const incoming = requireFile(parsed);
    expect(latin1(incoming.head)).toBe(PICTURE.slice(0, 64));
    expect(await textOf(incoming)).toBe(PICTURE);
    await incoming.discard();
  }
});

test("the body may be cut in two anywhere", async () => {
  const content = "12\r\n--34";
  const text = multipart([field("name", "Ann"), file("image", "a.png", content)]);
  for (let at = 1; at < text.length; at += 1) {
    const parsed = await parseBody(aRequest(MULTIPART, [text.slice(0, at), text.slice(at)]));
    expect(parsed, `cut at ${at}`).toMatchObject({ ok: true, fields: { name: "Ann" }, file: { size: 8 } });
    expect(await textOf(requireFile(parsed)), `cut at ${at}`).toBe(content);
  }
});

test("a form that may have several small files has them anywhere among its fields, however it is cut", async () => {
  const text = multipart([
    file("cover", "a.png", PICTURE, "image/png"),
    field("title", "Ann"),
    file("none", "", ""),
    file("photo", "b.png", "12\r\n--34"),
    field("once", "1"),
  ]);
  for (const chunk of [1, 7, 37, 1000, text.length]) {
    const parsed = await parseBody(aRequest(MULTIPART, text, { chunk, length: null }), { filesUpTo: 3_000 });
    expect(parsed, `chunks of ${chunk}`).toMatchObject({ ok: true, fields: { title: "Ann", once: "1" }, file: null });
    const held = (parsed.ok && parsed.held) || [];
    expect(held.map(({ field, name, size }) => [field, name, size])).toEqual([
      ["cover", "a.png", 3000],
      ["photo", "b.png", 8],
    ]);
    expect(await Promise.all(held.map(textOf))).toEqual([PICTURE, "12\r\n--34"]);
    expect(latin1(held[0]?.head ?? new Uint8Array())).toBe(PICTURE.slice(0, 64));
  }
});

test("of a file that is larger than such a form takes its size is known, and the fields behind it; one without an end is unreadable", async () => {
  const text = multipart([file("cover", "a.png", PICTURE), field("title", "Ann")]);
  for (const chunk of [1, 100, text.length]) {
    const parsed = await parseBody(aRequest(MULTIPART, text, { chunk }), { filesUpTo: 2_999 });
    expect(parsed).toMatchObject({ ok: true, fields: { title: "Ann" }, held: [{ field: "cover", size: 3_000 }] });
  }
  for (const cut of [text.slice(0, 1_500), text.slice(0, 3_200)]) {
    const parsed = await parseBody(aRequest(MULTIPART, cut), { filesUpTo: 2_999 });
    expect(parsed).toEqual(refusal(400, "unreadable"));
  }
  const large = multipart([file("cover", "a.png", "x".repeat(200_000)), field("title", "Ann")]);
  for (const filesUpTo of [100_000, 200_000]) {
    expect(await parseBody(aRequest(MULTIPART, large), { filesUpTo })).toMatchObject({
      ok: true,
      fields: { title: "Ann" },
    });
  }
  const many = multipart(Array.from({ length: 9 }, (_, at) => file(`f${at}`, "a.png", "1")));
  expect(await parseBody(aRequest(MULTIPART, many), { filesUpTo: 10 })).toEqual(refusal(413, "too-large"));
});

test("a file that was not chosen is no file, and an empty one is", async () => {
  const unchosen = multipart([file("logo", "", ""), field("name", "Acme"), file("logo", "", "")]);
  expect(await parseBody(aRequest(MULTIPART, unchosen))).toEqual({ ok: true, fields: { name: "Acme" }, file: null });
  const empty = requireFile(await parseBody(aRequest(MULTIPART, multipart([file("logo", "a.png", "")]))));
  expect(empty).toMatchObject({ name: "a.png", size: 0, head: new Uint8Array(0) });
  expect(await textOf(empty)).toBe("");
  const unnamed = requireFile(await parseBody(aRequest(MULTIPART, multipart([file("logo", "", "x")]))));
  expect(unnamed).toMatchObject({ name: "", size: 1 });
});

test("a file's name is what the person sees, without folders and control characters", async () => {
  const names: [string, string][] = [
    ["a.png", "a.png"],
    ["صورة 1.png", "صورة 1.png"],
    ["%22quoted%22 100%.png", '"quoted" 100%.png'],
    ['\\"older\\".png', '"older".png'],
    ["C:\\Users\\ann\\a.png", "a.png"],
    ["../../../etc/passwd", "passwd"],
    ["a%0D%0Ab\u0000\u0085.png", "ab.png"],
    ["ends in backslash\\", ""],
    ["x; name=y.png", "x; name=y.png"],
  ];
  for (const [sent, seen] of names) {
    const parsed = await parseBody(aRequest(MULTIPART, multipart([file("image", sent, "x")])));
    expect(requireFile(parsed), sent).toMatchObject({ field: "image", name: seen });
  }
});

test("names of fields and headers are read as curl, Firefox and Safari write them", async () => {
  const text = [
    '--a\r\ncontent-disposition: form-data; name="a%22b"\r\ncontent-type: text/plain; charset=utf-8\r\n\r\n1\r\n',
    "--a\r\nContent-Disposition: form-data; name=bare\r\n\r\n2\r\n",
    '--a\r\nContent-Type: image/gif\r\nContent-Disposition:form-data;filename="a.gif";name="image"\r\n\r\nGIF\r\n--a--\r\n',
  ].join("");
  expect(await parseBody(aRequest('multipart/form-data; charset=utf-8; boundary="a"', text))).toMatchObject({
    fields: { 'a"b': "1", bare: "2" },
    file: { field: "image", name: "a.gif", declaredType: "image/gif", size: 3 },
  });
});

test("what is not multipart is unreadable", async () => {
  const bodies: [string, string][] = [
    ["multipart/form-data", multipart([field("a", "b")])],
    [`multipart/form-data; boundary=${"a".repeat(71)}`, `--${"a".repeat(71)}--\r\n`],
    [MULTIPART, "garbage"],
    [MULTIPART, `preamble\r\n${multipart([field("a", "b")])}`],
    [MULTIPART, `--${BOUNDARY}`],
    [MULTIPART, `--${BOUNDARY}x\r\n`],
    [MULTIPART, `--${BOUNDARY}--\r\nepilogue`],
    [MULTIPART, `--${BOUNDARY}\r\n\r\nno headers\r\n--${BOUNDARY}--\r\n`],
    [MULTIPART, `--${BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n--${BOUNDARY}--\r\n`],
    [MULTIPART, `--${BOUNDARY}\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--${BOUNDARY}--\r\n`],
    [MULTIPART, multipart([field("a", "b")]).slice(0, -6)],
    [MULTIPART, multipart([field("a", "b")]).slice(0, -60)],
    [MULTIPART, multipart([file("a", "b", "")]).slice(0, -3)],
  ];
  for (const [type, text] of bodies) {
    expect(await parseBody(aRequest(type, text)), text).toEqual(refusal(400, "unreadable"));
  }
});

test("a part's head is bounded", async () => {
  const text = `--${BOUNDARY}\r\nX-Long: ${"x".repeat(8192)}\r\nContent-Disposition: form-data; name="a"\r\n\r\n`;
  expect(await parseBody(aRequest(MULTIPART, text))).toEqual(refusal(413, "too-large"));
});

test("a file without the request's length is refused, fields alone are not", async () => {
  const unknown = { length: null };
  const parsed = await parseBody(aRequest(MULTIPART, multipart([file("image", "a.png", "x")]), unknown));
  expect(parsed).toEqual(refusal(400, "length-required"));
  expect(await parseBody(aRequest(MULTIPART, multipart([field("a", "b")]), unknown))).toMatchObject({ ok: true });
});

test("a part behind the file, or a body that ends wrong, breaks the file's stream before its end", async () => {
  const image = file("image", "a.png", PICTURE);
  const bodies = [
    multipart([image, file("image", "b.png", "second")]),
    multipart([image, field("name", "Ann")]),
    multipart([image, file("image", "", "")]),
    multipart([image]).slice(0, -2),
    `${multipart([image])}\r\n`,
    multipart([image]).replace(/--\r\n$/, "xx\r\n"),
  ];
  for (const text of bodies) {
    for (const chunk of [1, 50, text.length]) {
      const incoming = requireFile(await parseBody(aRequest(MULTIPART, text, { chunk })));
      await expect(textOf(incoming), `${chunk} of ${text}`).rejects.toThrow(UnreadableBody);
      await incoming.discard();
    }
  }
  const text = multipart([image]);
  for (const length of [text.length - 1, text.length + 1]) {
    const incoming = requireFile(await parseBody(aRequest(MULTIPART, text, { length })));
    await expect(textOf(incoming)).rejects.toThrow(UnreadableBody);
  }
  const longer = await parseBody(aRequest(MULTIPART, `${text}more`, { length: text.length }));
  await expect(textOf(requireFile(longer))).rejects.toThrow(UnreadableBody);
});

test("50 MB pass through without being held, at the pace of the reader", async () => {
  const size = 50_000_000;
  const large = aLargeUpload(size);
  const incoming = requireFile(await parseBody(large.request));
  expect(incoming.size).toBe(size);
  const reader = incoming.stream().getReader();
  let taken = 0;
  let ahead = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    taken += next.value.length;
    if (taken % 4 === 0) await new Promise((resolve) => setTimeout(resolve));
    ahead = Math.max(ahead, large.sent() - taken);
  }
  expect(taken).toBe(size);
  expect(ahead).toBeLessThan(3 * large.chunkBytes);
}, 30_000);

test("a file nobody takes is read to the end and dropped, so that the sender sees the answer", async () => {
  const unread = aLargeUpload(5_000_000);
  await requireFile(await parseBody(unread.request)).discard();
  expect(unread.sent()).toBeGreaterThan(5_000_000);

  const halfRead = aLargeUpload(5_000_000);
  const incoming = requireFile(await parseBody(halfRead.request));
  const reader = incoming.stream().getReader();
  await reader.read();
  await reader.cancel();
  await incoming.discard();
  expect(halfRead.sent()).toBeGreaterThan(5_000_000);

  const endless = aLargeUpload(1_000_000_000);
  await requireFile(await parseBody(endless.request)).discard();
  expect(endless.sent()).toBeLessThan(101_000_000);
});

type Sending = { chunk?: number; length?: number | null };

/** Characters stand for bytes up to U+00FF; a longer body is text in UTF-8. */
function aRequest(type: string, text: string | string[], { chunk, length }: Sending = {}): Request {
  const bytes = (typeof text === "string" ? [text] : text).map(bytesOf);
  const total = bytes.reduce((sum, part) => sum + part.length, 0);
  const headers = new Headers({ "Content-Type": type });
  if (length !== null) headers.set("Content-Length", String(length ?? total));
  // A body in one piece is a stream of bytes, as in a real request; one in chunks is a stream of objects.
  const body =
    chunk || bytes.length > 1 ? streamOf(bytes.flatMap((part) => cut(part, chunk ?? part.length))) : bytes[0];
  return new Request("https://app.test/", { method: "POST", headers, body: body ?? null });
}

/** A body whose sender stops after `text`, and does not hang up. */
function aSilence(type: string, text: string, { length = text.length + 100 } = {}): Request {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytesOf(text)) });
  const headers = { "Content-Type": type, "Content-Length": String(length) };
  return new Request("https://app.test/", { method: "POST", headers, body });
}

function aLargeUpload(size: number) {
  const chunkBytes = 65_536;
  const text = multipart([file("image", "large.png", "|")]);
  const [before = "", after = ""] = text.split("|");
  let sent = -1;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const length = Math.min(chunkBytes, size - Math.max(sent, 0));
        if (sent < 0) controller.enqueue(bytesOf(before));
        else if (length > 0) controller.enqueue(new Uint8Array(length).fill(sent));
        else {
          controller.enqueue(bytesOf(after));
          controller.close();
        }
        sent = sent < 0 ? 0 : sent + Math.max(length, 1);
      },
    },
    { highWaterMark: 0 },
  );
  const headers = { "Content-Type": MULTIPART, "Content-Length": String(size + text.length - 1) };
  const request = new Request("https://app.test/", { method: "POST", headers, body });
  return { request, chunkBytes, sent: () => sent };
}

function field(name: string, value: string): string {
  return `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
}

function file(name: string, fileName: string, content: string, type = "application/octet-stream"): string {
  return `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n${content}`;
}

function multipart(parts: string[]): string {
  return `${parts.map((part) => `--${BOUNDARY}\r\n${part}\r\n`).join("")}--${BOUNDARY}--\r\n`;
}

function requireFile(parsed: Awaited<ReturnType<typeof parseBody>>): IncomingFile {
  if (!parsed.ok || !parsed.file) throw new Error(`No file in ${JSON.stringify(parsed)}`);
  return parsed.file;
}

function refusal(status: number, reason: string) {
  return { ok: false, status, reason };
}

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else controller.close();
    },
  });
}

function cut(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.slice(at * size, (at + 1) * size));
}

const isBinary = (text: string) => /\x89/.test(text);

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return isBinary(text)
    ? Uint8Array.from(text, (character) => character.charCodeAt(0))
    : new TextEncoder().encode(text);
}

async function textOf(incoming: IncomingFile): Promise<string> {
  return latin1(new Uint8Array(await new Response(incoming.stream()).arrayBuffer()));
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

test("a file may be the whole body where the operation takes one, and is called what the request says", async () => {
  const raw = (disposition: string) => {
    const request = aRequest("image/png", PICTURE);
    request.headers.set("Content-Disposition", disposition);
    return parseBody(request, { fileField: "file" });
  };
  for (const [disposition, name] of [
    ["", ""],
    ['attachment; filename="lake.png"', "lake.png"],
    ["attachment; filename=\"lake.png\"; filename*=UTF-8''%C3%A9t%C3%A9%20%E2%98%80.png", "été ☀.png"],
    ["attachment; filename*=UTF-8''%E0%A4%A; filename=plain.png", "plain.png"],
    ['attachment; filename="../../etc/passwd"', "passwd"],
  ] as const) {
    const parsed = await raw(disposition);
    expect(parsed, disposition).toMatchObject({
      ok: true,
      fields: {},
      file: { field: "file", name, size: PICTURE.length },
    });
    if (!parsed.ok || parsed.file === null) throw new Error("A file was sent.");
    expect((await new Response(parsed.file.stream()).arrayBuffer()).byteLength).toBe(PICTURE.length);
  }
  expect(await parseBody(aRequest("image/png", PICTURE))).toEqual(refusal(415, "unsupported-type"));
  expect(await parseBody(aRequest("text/html", PICTURE), { fileField: "file" })).toEqual(
    refusal(415, "unsupported-type"),
  );
});
