import sharp from "sharp";
import { expect, test } from "vitest";
import { box, chunk, drawing, frames, joined, outcomeOf } from "#app/test/drawn-pictures.ts";
import { bytesOf, inChunks } from "#app/test/in-chunks.ts";
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
  const picture = await drawing({ alpha: true }).withExif(EXIF).withXmp(XMP).avif({ effort: 0 }).toBuffer();
  return joined(picture, box("uuid", NAME.padEnd(40)), box("free", NAME), box("mpvd", NAME));
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

test("a segment of a JPEG that is too short for the Exif that its name promises is blanked", async () => {
  const jpeg = await sharp({ create: { width: 9, height: 9, channels: 3, background: "#345" } })
    .jpeg()
    .toBuffer();
  const short = joined(jpeg.subarray(0, 2), [0xff, 0xe1, 0, 2], "Exif\0\0", NAME, jpeg.subarray(2));
  const clean = await outcomeOf(inChunks(short, 1_000), "image/jpeg");
  expect([clean.length, clean instanceof Uint8Array && secretsOf(clean)]).toEqual([short.length, []]);
});

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
