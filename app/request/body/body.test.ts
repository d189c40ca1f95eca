import { expect, test, vi } from "vitest";
import { SILENCE_LIMIT_MS, UnreadableBody } from "#app/bytes/byte-reader.server.ts";
import {
  aLargeUpload,
  aRequest,
  aSilence,
  BOUNDARY,
  field,
  file,
  MULTIPART,
  multipart,
  PICTURE,
  refusal,
  requireFile,
  textOf,
} from "#app/test/raw-bodies.ts";
import { dropBody, parseBody, parseMessage } from "./body.server.ts";

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

test("bytes that are not UTF-8 are unreadable, but a typed replacement character is accepted", async () => {
  const part = (value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="name"\r\n\r\n${value}\r\n--${BOUNDARY}--`;
  // A text with \x89 in it is written byte by byte.
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

test("an empty body is an empty form", async () => {
  const nothing = { ok: true, fields: {}, file: null };
  expect(await parseBody(new Request("https://app.test/", { method: "POST" }))).toEqual(nothing);
  expect(await parseBody(aRequest("application/json", ""))).toEqual(nothing);
  expect(await parseBody(aRequest(MULTIPART, `--${BOUNDARY}--\r\n`))).toEqual(nothing);
});

test("a body whose sender falls silent times out after half a minute, and only once", async () => {
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
    expect(await parseMessage(aRequest(type, "{}")), type).toEqual(refusal(415, "unsupported-type"));
  }
  for (const type of ["Application/JSON", 'application/json ; charset="UTF8"', "application/json;charset=utf-8"])
    expect(await parseBody(aRequest(type, '{"a":1}')), type).toMatchObject({ ok: true, fields: { a: 1 } });
});

test("a body with a Content-Encoding other than identity is refused", async () => {
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

test("a field called __proto__ is dropped and changes no prototype", async () => {
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

test("64 KB of fields are accepted and one byte more is too large, for any content type and chunk size", async () => {
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

test("a field or part header that never ends is refused as too large", async () => {
  for (const beginning of [`--${BOUNDARY}\r\n${field("a", "x")}`, `--${BOUNDARY}\r\nX-Endless: `]) {
    const chunks = [beginning, ...Array.from({ length: 20 }, () => "x".repeat(1_000_000))];
    expect(await parseBody(aRequest(MULTIPART, chunks))).toEqual(refusal(413, "too-large"));
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

test("a form is read whatever case its parameters have, and without its last line break or a file's type", async () => {
  const parts = [
    'CONTENT-DISPOSITION: FORM-DATA; NAME="name"\r\n\r\nAnn',
    'Content-Disposition: form-data; name="image"; FileName="a%0d%0ab.gif"\r\n\r\nGIF',
  ];
  expect(await parseBody(aRequest(MULTIPART, multipart(parts)))).toMatchObject({
    ok: true,
    fields: { name: "Ann" },
    file: { field: "image", name: "ab.gif", declaredType: "application/octet-stream", size: 3 },
  });
  const text = multipart([field("name", "Ann")]).slice(0, -2);
  expect(await parseBody(aRequest(MULTIPART, text))).toEqual({ ok: true, fields: { name: "Ann" }, file: null });
});

test("a message can have 64 KB, and none at all is unreadable", async () => {
  const json = "application/json";
  const ofLength = (length: number) => aRequest(json, `"${"x".repeat(length - 2)}"`);
  expect(await parseMessage(ofLength(65_536))).toMatchObject({ ok: true });
  expect(await parseMessage(ofLength(65_537))).toEqual(refusal(413, "too-large"));
  const empty = new Request("https://app.test/", { method: "POST", headers: { "Content-Type": json } });
  expect(await parseMessage(empty)).toEqual(refusal(400, "unreadable"));
});

test("malformed multipart is unreadable", async () => {
  const bodies: [string, string][] = [
    ["multipart/form-data", multipart([field("a", "b")])],
    [`multipart/form-data; boundary=${"a".repeat(71)}`, `--${"a".repeat(71)}--\r\n`],
    [MULTIPART, "garbage"],
    [MULTIPART, `preamble\r\n${multipart([field("a", "b")])}`],
    [MULTIPART, `--${BOUNDARY}`],
    [MULTIPART, `--${BOUNDARY}x\r\n`],
    [MULTIPART, multipart([field("a", "b")]).replace("\r\n", "x\r\n")],
    [MULTIPART, multipart([field("", "b")])],
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
  const longest = "a".repeat(70);
  const empty = aRequest(`multipart/form-data; boundary=${longest}`, `--${longest}--\r\n`);
  expect(await parseBody(empty), "70 characters are allowed").toMatchObject({ ok: true });
});

test("a part header over 8 KB is refused as too large", async () => {
  const text = `--${BOUNDARY}\r\nX-Long: ${"x".repeat(8192)}\r\nContent-Disposition: form-data; name="a"\r\n\r\n`;
  expect(await parseBody(aRequest(MULTIPART, text))).toEqual(refusal(413, "too-large"));
});

test("a refused body is read to its end, so that the sender sees the response", async () => {
  for (const [parse, type, refused] of [
    [parseBody, "text/plain", refusal(415, "unsupported-type")],
    [parseBody, "application/json", refusal(413, "too-large")],
    [parseMessage, "application/json", refusal(413, "too-large")],
  ] as const) {
    const { request, sent } = aLargeUpload(1_000_000);
    request.headers.set("Content-Type", type);
    expect(await parse(request), type).toEqual(refused);
    expect(sent(), type).toBeGreaterThan(1_000_000);
  }
});
