import { expect, test } from "vitest";
import { UnreadableBody } from "#app/bytes/byte-reader.server.ts";
import {
  aLargeUpload,
  aRequest,
  field,
  file,
  latin1,
  MULTIPART,
  multipart,
  PICTURE,
  refusal,
  requireFile,
  textOf,
} from "#app/test/raw-bodies.ts";
import { parseBody } from "./body.server.ts";

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
    const buffered = (parsed.ok && parsed.buffered) || [];
    expect(buffered.map(({ field, name, size }) => [field, name, size])).toEqual([
      ["cover", "a.png", 3000],
      ["photo", "b.png", 8],
    ]);
    expect(await Promise.all(buffered.map(textOf))).toEqual([PICTURE, "12\r\n--34"]);
    expect(latin1(buffered[0]?.head ?? new Uint8Array())).toBe(PICTURE.slice(0, 64));
  }
});

test("a file over the limit still has its size and the fields after it, a cut-off one is unreadable", async () => {
  const text = multipart([file("cover", "a.png", PICTURE), field("title", "Ann")]);
  for (const chunk of [1, 100, text.length]) {
    const parsed = await parseBody(aRequest(MULTIPART, text, { chunk }), { filesUpTo: 2_999 });
    expect(parsed).toMatchObject({ ok: true, fields: { title: "Ann" }, buffered: [{ field: "cover", size: 3_000 }] });
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

test("a file input without a chosen file gives no file, an empty file gives one", async () => {
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

test("a file is refused without Content-Length, a form with only fields is not", async () => {
  const unknown = { length: null };
  const parsed = await parseBody(aRequest(MULTIPART, multipart([file("image", "a.png", "x")]), unknown));
  expect(parsed).toEqual(refusal(400, "length-required"));
  expect(await parseBody(aRequest(MULTIPART, multipart([field("a", "b")]), unknown))).toMatchObject({ ok: true });
});

test("a part after the file, or a malformed end of the body, makes reading the file fail", async () => {
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

test("50 MB stream through at the reader's pace, without being buffered", async () => {
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

test("a discarded file is read to its end, up to a limit, so that the sender sees the response", async () => {
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

test("a file can be the whole body where the operation takes one, and Content-Disposition names it", async () => {
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
    ["attachment; filename*=UTF-8''two%0D%0Alines%22.png", 'twolines".png'],
  ] as const) {
    const parsed = await raw(disposition);
    expect(parsed, disposition).toMatchObject({
      ok: true,
      fields: {},
      file: { field: "file", name, size: PICTURE.length },
    });
    if (!parsed.ok || parsed.file === null) throw new Error("The parsed request has no file.");
    expect((await new Response(parsed.file.stream()).arrayBuffer()).byteLength).toBe(PICTURE.length);
  }
  expect(await parseBody(aRequest("image/png", PICTURE))).toEqual(refusal(415, "unsupported-type"));
  expect(await parseBody(aRequest("text/html", PICTURE), { fileField: "file" })).toEqual(
    refusal(415, "unsupported-type"),
  );
});
