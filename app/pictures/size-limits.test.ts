import sharp from "sharp";
import { expect, test } from "vitest";
import { box, chunk, drawing, frames, joined, outcomeOf, patched } from "#app/test/drawn-pictures.ts";
import { inChunks } from "#app/test/in-chunks.ts";
import type { ImageType } from "./image-type.ts";

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
