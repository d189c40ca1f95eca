import { crc32 } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { UnfitPicture } from "./canvas.server.ts";
import { cleanPicture } from "./clean-picture.server.ts";
import type { ImageType } from "./image-type.ts";

const NAME = "Annabel Owner";
const SERIAL = "SN-4711-0815";
const LATITUDE = 987_654_321;

const EXIF = {
  IFD0: {
    Make: "Example",
    Model: "Pocket 5",
    Artist: NAME,
    Copyright: NAME,
    ImageDescription: NAME,
    HostComputer: NAME,
  },
  IFD2: {
    CameraOwnerName: NAME,
    BodySerialNumber: SERIAL,
    LensSerialNumber: SERIAL,
    UserComment: NAME,
    FNumber: "28/10",
  },
  IFD3: { GPSLatitudeRef: "N", GPSLatitude: `50/1 51/1 ${LATITUDE}/1`, GPSProcessingMethod: NAME },
};
const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${NAME}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

function drawing({ side = 64, alpha = false } = {}) {
  const pixels = Buffer.from(Array.from({ length: side * side * 3 }, (_, at) => (at * 7 + (at >> 6)) % 256));
  const made = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  return (alpha ? made.ensureAlpha(0.5) : made).withExif(EXIF).withXmp(XMP).withIccProfile("p3");
}

const joined = (...parts: (Uint8Array | number[] | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

const segment = (code: number, content: string | Uint8Array) => {
  const body = Buffer.from(content as string, "latin1");
  return joined([0xff, code, (body.length + 2) >> 8, (body.length + 2) & 255], body);
};

/** A JPEG as phones write it: with comments, Photoshop and extended XMP segments, and a second picture with its own Exif. */
async function aPhonesJpeg(options: Parameters<ReturnType<typeof drawing>["jpeg"]>[0] = {}) {
  const picture = await drawing()
    .withMetadata({ orientation: 6 })
    .withExifMerge(EXIF)
    .withXmp(XMP)
    .jpeg(options)
    .toBuffer();
  const extended = Array.from({ length: 30 }, (_, part) =>
    segment(0xe1, `http://ns.adobe.com/xmp/extension/\0${NAME}${part}`.padEnd(60_000, NAME)),
  );
  const between = [
    segment(0xed, `Photoshop 3.0\0 8BIM${NAME}`),
    segment(0xe2, `MPF\0MM\0*${SERIAL}`),
    segment(0xef, NAME),
    segment(0xfe, `Taken by ${NAME}`),
  ];
  return joined(picture.subarray(0, 2), ...between, ...extended, picture.subarray(2), picture, `SEFH${NAME}`);
}

const chunk = (type: string, content: string | Uint8Array) => {
  const body = joined(type, content);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return joined(frame.subarray(0, 4), body, frame.subarray(4));
};

async function aPngOfPrograms(options: Parameters<ReturnType<typeof drawing>["png"]>[0] = {}) {
  const picture = await drawing()
    .withMetadata({ orientation: 8 })
    .withExifMerge(EXIF)
    .withXmp(XMP)
    .png(options)
    .toBuffer();
  const said = [
    chunk("tEXt", `Author\0${NAME}`),
    chunk("zTXt", `Raw profile type exif\0\0${NAME}`),
    chunk("caBX", NAME),
  ];
  return joined(picture.subarray(0, 33), ...said, picture.subarray(33), `cut away: ${NAME}`);
}

const riffChunk = (type: string, content: string) => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(content.length);
  return joined(type, head, content, content.length % 2 === 1 ? [0] : []);
};

async function aWebpOfPrograms(options: Parameters<ReturnType<typeof drawing>["webp"]>[0] = {}) {
  const picture = await drawing({ alpha: true })
    .withMetadata({ orientation: 3 })
    .withExifMerge(EXIF)
    .withXmp(XMP)
    .webp(options)
    .toBuffer();
  const whole = joined(picture, riffChunk("NAME", `${NAME}.`));
  whole.writeUInt32LE(whole.length - 8, 4);
  return joined(whole, NAME);
}

function frames(count: number, side = 16) {
  const pixels = Buffer.from(Array.from({ length: side * side * 3 * count }, (_, at) => (at * 11 + (at >> 9)) % 256));
  return sharp(pixels, { raw: { width: side, height: side * count, channels: 3, pageHeight: side } });
}

async function aTalkativeGif() {
  const picture = await frames(4).gif().toBuffer();
  const trailer = Array.from({ length: 257 }, (_, at) => 256 - Math.max(1, at)).map((byte) => byte & 255);
  const colours = 13 + 3 * 2 ** (((picture[10] ?? 0) & 7) + 1) * ((picture[10] ?? 0) >> 7);
  const said = [
    joined([0x21, 0xfe, NAME.length], NAME, [0]),
    joined([0x21, 0xff, 11], "XMP DataXMP", XMP, [1, ...trailer], [0]),
    joined([0x21, 0x01, 12], "123456789012", [NAME.length], NAME, [0]),
    joined([0x21, 0xfe, 11], "NETSCAPE2.0", [NAME.length], NAME, [0]),
    joined([0x21, 0xff, 11], "PROGRAM 1.0", [SERIAL.length], SERIAL, [0]),
  ];
  return joined(picture.subarray(0, colours), ...said, picture.subarray(colours), NAME);
}

async function aTalkativeAvif() {
  const picture = await drawing({ alpha: true }).avif({ effort: 0 }).toBuffer();
  return joined(picture, box("uuid", NAME.padEnd(40)), box("free", NAME), box("mpvd", NAME));
}

function box(type: string, ...contents: (Uint8Array | number[] | string)[]): Buffer {
  const whole = joined([0, 0, 0, 0], type, ...contents);
  whole.writeUInt32BE(whole.length);
  return whole;
}

const TALKATIVE: [string, ImageType, () => Promise<Uint8Array>][] = [
  ["a telephone's JPEG", "image/jpeg", () => aPhonesJpeg()],
  ["a progressive JPEG", "image/jpeg", () => aPhonesJpeg({ progressive: true, quality: 95 })],
  ["a PNG", "image/png", () => aPngOfPrograms()],
  ["an interlaced PNG with a palette", "image/png", () => aPngOfPrograms({ palette: true, progressive: true })],
  ["a WebP", "image/webp", () => aWebpOfPrograms()],
  ["a lossless WebP", "image/webp", () => aWebpOfPrograms({ lossless: true })],
  ["a moving WebP", "image/webp", () => frames(5).withExif(EXIF).withXmp(XMP).webp().toBuffer()],
  ["a moving GIF", "image/gif", aTalkativeGif],
  ["an AVIF", "image/avif", aTalkativeAvif],
];

test.each(
  TALKATIVE,
)("%s loses its location, serial numbers and names, and keeps its pixels and its number of bytes", async (_, type, made) => {
  const picture = await made();
  expect(secretsOf(picture), "the original contains the secrets").not.toEqual([]);
  const clean = await bytesOf(cleanPicture(inChunks(picture, 4_096), type));
  expect(clean.length).toBe(picture.length);
  expect(secretsOf(clean)).toEqual([]);
  const [before, after] = await Promise.all(
    [picture, clean].map((bytes) => sharp(bytes, { animated: true }).metadata()),
  );
  const { orientation, icc, width, height, pages, delay, format } = before ?? {};
  expect(after).toMatchObject({ width, height, format });
  expect([after?.orientation, after?.pages, after?.delay]).toEqual([orientation, pages, delay]);
  expect(Buffer.compare(after?.icc ?? Buffer.alloc(0), icc ?? Buffer.alloc(0))).toBe(0);
  expect([after?.xmp?.length, after?.iptc?.length, after?.comments]).toEqual([undefined, undefined, undefined]);
  const [pixels, kept] = await Promise.all(
    [picture, clean].map((bytes) => sharp(bytes, { animated: true }).raw().toBuffer()),
  );
  expect(Buffer.compare(kept ?? Buffer.alloc(0), pixels ?? Buffer.alloc(1))).toBe(0);
  expect(
    Buffer.compare(await bytesOf(cleanPicture(inChunks(clean, 61), type)), clean),
    "a clean picture does not change",
  ).toBe(0);
});

test("a cleaned picture keeps the make and model of its camera", async () => {
  const { exif } = await sharp(
    await bytesOf(cleanPicture(inChunks(await aPhonesJpeg(), 10_000), "image/jpeg")),
  ).metadata();
  for (const kept of ["Example", "Pocket 5"]) expect(exif?.includes(kept), kept).toBe(true);
});

test("a picture is cleaned the same way whatever the size of its chunks", async () => {
  for (const [name, type, made] of TALKATIVE) {
    const picture = (await made()).slice(0, 60_000);
    const [first, ...others] = await Promise.all(
      [60_000, 1, 13, 4_097].map((size) => outcomeOf(inChunks(picture, size), type)),
    );
    for (const other of others) expect(other, name).toEqual(first);
  }
});

test("a cut-off or damaged picture keeps its length or is refused, and is never a fault", async () => {
  let random = 1;
  const next = (below: number) => {
    random = (random * 48_271) % 2_147_483_647;
    return random % below;
  };
  for (const [name, type, made] of TALKATIVE) {
    const picture = (await made()).filter((_, at, { length }) => at < 3_000 || length < 20_000);
    for (let round = 0; round < 300; round += 1) {
      const damaged = Buffer.from(picture.subarray(0, round % 3 === 0 ? next(picture.length) : picture.length));
      for (let hit = 0; hit < round % 5; hit += 1) damaged[next(Math.min(damaged.length, 600) || 1)] = next(256);
      const outcome = await outcomeOf(inChunks(damaged, 5_000), type);
      expect(typeof outcome === "string" || outcome.length === damaged.length, `${name}, round ${round}`).toBe(true);
    }
  }
});

test("a picture that declares too many pixels is refused, in every format", async () => {
  const png = await drawing().png().toBuffer();
  const lossy = await drawing().webp().toBuffer();
  const simple = async (type: "VP8 " | "VP8L", options: object) => {
    const made = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#345" } })
      .webp(options)
      .toBuffer();
    return { made, at: made.indexOf(type) };
  };
  const [vp8, vp8l] = await Promise.all([simple("VP8 ", {}), simple("VP8L", { lossless: true })]);
  const jpeg = await drawing().jpeg({ progressive: true }).toBuffer();
  const avif = await drawing().avif({ effort: 0 }).toBuffer();
  const [gif, webp] = await Promise.all([frames(3).gif().toBuffer(), frames(3).webp().toBuffer()]);
  const gifFrame = gif.indexOf(Buffer.from([0x00, 0x2c, 0, 0, 0, 0])) + 1;
  // A JPEG of any kind: baseline, progressive, lossless, hierarchical, with arithmetic coding.
  const kinds = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
  const jpegAt = jpeg.indexOf(Buffer.from([0xff, 0xc2])) + 5;
  const bits = Buffer.alloc(4);
  bits.writeUInt32LE((12_000 | (12_000 << 14)) >>> 0);
  const said: [string, ImageType, Uint8Array][] = [
    ["PNG", "image/png", patched(png, 16, [0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20])],
    ...kinds.map((kind): [string, ImageType, Uint8Array] => {
      const large = patched(jpeg, jpegAt, [0x4e, 0x20, 0x4e, 0x20]);
      return [`JPEG ${kind}`, "image/jpeg", patched(large, jpegAt - 4, [kind])];
    }),
    ["GIF", "image/gif", patched(gif, 6, [0x20, 0x4e, 0x20, 0x4e])],
    ["frame of a GIF", "image/gif", patched(gif, gifFrame + 5, [0x20, 0x4e, 0x20, 0x4e])],
    ["far frame of a GIF", "image/gif", patched(gif, gifFrame + 1, [0x20, 0x4e])],
    ["frame of a WebP", "image/webp", patched(webp, webp.indexOf("ANMF") + 14, [0x1f, 0x4e, 0, 0x1f, 0x4e, 0])],
    ["WebP", "image/webp", patched(lossy, lossy.indexOf("VP8X") + 12, [0x1f, 0x4e, 0, 0x1f, 0x4e, 0])],
    ["lossy WebP", "image/webp", patched(vp8.made, vp8.at + 14, [0xe0, 0x2e, 0xe0, 0x2e])],
    ["lossless WebP", "image/webp", patched(vp8l.made, vp8l.at + 9, bits)],
    ["AVIF", "image/avif", patched(avif, avif.indexOf("ispe") + 8, [0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20])],
    ["a long strip", "image/png", patched(png, 16, [0, 0, 0x2e, 0xe1, 0, 0, 0, 1])],
  ];
  for (const [name, type, picture] of said) {
    expect(await outcomeOf(inChunks(picture, 1_000), type), name).toBe("too-many-pixels");
  }
  expect(
    await outcomeOf(inChunks(patched(png, 16, [0, 0, 0x2e, 0xe0, 0, 0, 0x10, 0x46]), 1_000), "image/png"),
  ).toBeInstanceOf(Uint8Array);
});

test("the pixels of all frames of an animation count together", async () => {
  const [gif, webp] = await Promise.all([frames(2).gif().toBuffer(), frames(2).webp().toBuffer()]);
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#345" } })
    .png()
    .toBuffer();
  const moving = joined(png.subarray(0, 33), chunk("acTL", Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0)), png.subarray(33));
  const avif = await drawing({ side: 8 }).avif({ effort: 0 }).toBuffer();
  const movieOf = (count: number, column: number) =>
    box(
      "moov",
      box(
        "trak",
        box("tkhd", new Uint8Array(76), [0x13, column, 0, 0, 0x13, 0x88, 0, 0]),
        box("mdia", box("minf", box("stbl", box("stsz", new Uint8Array(11), [count])))),
      ),
    );
  // A canvas of 5,000 by 5,000 pixels, or of one column more.
  for (const [column, outcome] of [
    [0x88, expect.any(Uint8Array)],
    [0x89, "too-many-pixels"],
  ] as const) {
    for (const [type, picture] of [
      ["image/gif", patched(gif, 6, [column, 0x13, 0x88, 0x13])],
      ["image/webp", patched(webp, webp.indexOf("VP8X") + 12, [column - 1, 0x13, 0, 0x87, 0x13, 0])],
      ["image/avif", joined(avif, movieOf(2, column))],
      ["image/png", patched(moving, 16, [0, 0, 0x13, column, 0, 0, 0x13, 0x88])],
    ] as const) {
      expect(await outcomeOf(inChunks(picture, 9_000), type), type).toEqual(outcome);
    }
  }
});

test("an AVIF that names more parts than a picture has is refused, although it names them in a few bytes", async () => {
  const avif = await drawing({ side: 8 }).avif({ effort: 0 }).toBuffer();
  const head = avif.subarray(0, avif.readUInt32BE(0));
  const ispe = box("ispe", [0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8]);
  const named = (type: string) => box("iinf", [0, 0, 0, 0, 0, 1], box("infe", [2, 0, 0, 0, 0, 1, 0, 0], type, [0]));
  // Parts without offset and length: each begins at the item's own offset, behind this box, and is empty.
  const picture = (type: string, parts: number) => {
    const at = [0, 1, 0, 1, 0, 0, 0, 0, 8, 0, parts >> 8, parts & 255];
    const location = box("iloc", [0, 0, 0, 0, 0x00, 0x40], at);
    return joined(head, box("meta", [0, 0, 0, 0], box("iprp", box("ipco", ispe)), named(type), location));
  };
  for (const [type, parts, outcome] of [
    ["mime", 100, expect.any(Uint8Array)],
    ["mime", 101, "unreadable"],
    ["av01", 9_999, expect.any(Uint8Array)],
    ["av01", 10_000, "unreadable"],
  ] as const) {
    expect(await outcomeOf(inChunks(picture(type, parts), 1_000), "image/avif"), `${type}, ${parts}`).toEqual(outcome);
  }
});

test("a picture of far too many parts is refused, however small they are", async () => {
  const png = await drawing().png().toBuffer();
  const withChunks = (count: number) =>
    joined(png.subarray(0, 33), ...Array.from({ length: count }, () => chunk("IDAT", "")), png.subarray(33));
  expect(await outcomeOf(inChunks(withChunks(99_000), 60_000), "image/png")).toBeInstanceOf(Uint8Array);
  expect(await outcomeOf(inChunks(withChunks(100_001), 60_000), "image/png")).toBe("unreadable");
});

test("a segment of a JPEG that is too short for the Exif that its name promises is blanked", async () => {
  const jpeg = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#345" } })
    .jpeg()
    .toBuffer();
  const short = joined(jpeg.subarray(0, 2), [0xff, 0xe1, 0, 2], "Exif\0\0", NAME, jpeg.subarray(2));
  const clean = await outcomeOf(inChunks(short, 1_000), "image/jpeg");
  expect([clean.length, clean instanceof Uint8Array && secretsOf(clean)]).toEqual([short.length, []]);
});

function patched(picture: Uint8Array, at: number, bytes: Uint8Array | number[]): Uint8Array {
  const other = Uint8Array.from(picture);
  other.set(bytes, at);
  return other;
}

async function outcomeOf(picture: ReadableStream<Uint8Array>, type: ImageType): Promise<Uint8Array | string> {
  try {
    return await bytesOf(cleanPicture(picture, type));
  } catch (error) {
    if (error instanceof UnfitPicture) return error.reason;
    throw error;
  }
}

/** The names of the secrets found in the bytes, in either byte order and in letters of one or two bytes. */
function secretsOf(bytes: Uint8Array): string[] {
  const whole = Buffer.from(bytes);
  const latitude = Buffer.alloc(4);
  latitude.writeUInt32BE(LATITUDE);
  const marks: [string, Buffer][] = [
    ["name", Buffer.from(NAME)],
    ["name in UTF-16", Buffer.from(NAME, "utf16le")],
    ["part of the name", Buffer.from(NAME.slice(0, 7))],
    ["serial number", Buffer.from(SERIAL)],
    ["latitude", latitude],
    ["latitude", Buffer.from(latitude).reverse()],
    ["XMP", Buffer.from("xpacket")],
  ];
  return marks.filter(([, mark]) => whole.includes(mark)).map(([name]) => name);
}

function inChunks(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (at < bytes.length) controller.enqueue(Uint8Array.from(bytes.subarray(at, at + size)));
        else controller.close();
        at += size;
      },
    },
    { highWaterMark: 0 },
  );
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
