import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { UnfitPicture } from "./canvas.server.ts";
import { cleanPicture } from "./clean-picture.server.ts";

type Part = string | number[] | Uint8Array;

function joined(...parts: Part[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Uint8Array.from(part)))),
  );
}

function number(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** (bytes - 1 - at)) % 256);
}

function box(type: string, ...contents: Part[]) {
  const content = joined(...contents);
  return joined(number(content.length + 8, 4), type, content);
}

const FTYP = box("ftyp", "avif", [0, 0, 0, 0]);
const NAME = "Annabel Owner";
const PIXELS = "the pixels themselves";

/** How a writer says where an item is, which differs between versions of the boxes. */
type Writer = { iloc?: number; infe?: number; iinf?: number; offset?: number; base?: number; index?: number };
type Item = { type: string; method?: number; parts: [offset: number, length: number][] };

/** A description of 8 by 8 pixels. `more` are boxes in it, and `properties` boxes beside the size. */
function meta(items: Item[], { more = [] as Part[], properties = [] as Part[], ...writer }) {
  const { iloc = 0, infe = 2, iinf = 0, offset = 4, base = 0, index = 0 }: Writer = writer;
  const infes = items.map(({ type }, id) =>
    box("infe", [infe, 0, 0, 0], number(id + 1, infe === 2 ? 2 : 4), [0, 0], type, [0]),
  );
  const idBytes = iloc < 2 ? 2 : 4;
  const places = items.flatMap(({ method = 0, parts }, id) => [
    ...[...number(id + 1, idBytes), ...(iloc === 0 ? [] : [0, method]), 0, 0, ...number(0, base)],
    ...number(parts.length, 2),
    ...parts.flatMap(([from, length]) => [...number(0, index), ...number(from, offset), ...number(length, 4)]),
  ]);
  return box(
    "meta",
    [0, 0, 0, 0],
    box("iinf", [iinf, 0, 0, 0], number(items.length, iinf === 0 ? 2 : 4), ...infes),
    box("iprp", box("ipco", box("ispe", [0, 0, 0, 0], number(8, 4), number(8, 4)), ...properties)),
    box("iloc", [iloc, 0, 0, 0, offset * 16 + 4, base * 16 + index], number(items.length, idBytes), places),
    ...more,
  );
}

/** Items of which the parts are counted from the start of the file, but written from the end of the description. */
function picture(items: Item[], rest: Uint8Array, options: Parameters<typeof meta>[1] = {}) {
  const behind = FTYP.length + meta(items, options).length;
  const placed = items.map((item) => ({
    ...item,
    parts: item.parts.map(([from, length]): [number, number] => [item.method ? from : behind + from, length]),
  }));
  return joined(FTYP, meta(placed, options), rest);
}

async function cleaned(bytes: Uint8Array<ArrayBuffer>) {
  const clean = new Uint8Array(
    await new Response(cleanPicture(new Blob([bytes]).stream(), "image/avif")).arrayBuffer(),
  );
  expect(clean.length).toBe(bytes.length);
  return new TextDecoder("latin1").decode(clean);
}

const isUnfit = (error: unknown) => error instanceof UnfitPicture && error.reason === "unreadable";

test("the metadata of an AVIF is blanked in whatever way its writer says where it is", async () => {
  const writers: Writer[] = [
    ...[{}, { iinf: 1 }, { infe: 3 }, { iloc: 1 }, { iloc: 2 }, { offset: 8 }, { base: 4 }],
    ...[
      { iloc: 1, index: 4 },
      { iloc: 2, infe: 3, iinf: 1, offset: 8, base: 8, index: 8 },
    ],
  ];
  const mdat = box("mdat", PIXELS, NAME);
  const [pixels, name] = [8, 8 + PIXELS.length];
  for (const writer of writers) {
    const items: Item[] = [
      { type: "mime", parts: [[name, NAME.length]] },
      { type: "av01", parts: [[pixels, PIXELS.length]] },
    ];
    const clean = await cleaned(picture(items, mdat, writer));
    expect([clean.includes(PIXELS), clean.includes("Annabel")], JSON.stringify(writer)).toEqual([true, false]);
  }
});

test("the metadata of an AVIF is blanked inside its description, in several parts, in any order and in several boxes", async () => {
  const idat = box("idat", NAME, PIXELS);
  const inside: Item[] = [
    { type: "mime", method: 1, parts: [[0, NAME.length]] },
    { type: "av01", method: 1, parts: [[NAME.length, PIXELS.length]] },
  ];
  const first = await cleaned(picture(inside, box("mdat"), { iloc: 1, more: [idat] }));
  expect([first.includes(PIXELS), first.includes("Annabel")]).toEqual([true, false]);
  const length = NAME.length;
  const boxes = joined(box("mdat", NAME, PIXELS, NAME), box("mdat", NAME, PIXELS), box("mdat", PIXELS));
  const second = 8 + 2 * length + PIXELS.length + 8;
  const parts: Item["parts"][] = [
    [[8 + length + PIXELS.length, length]],
    [
      [second, length],
      [8, length],
    ],
    // Twice, and from the end of one box into the next.
    [[8, 4]],
    [[second - 12, 12 + length]],
  ];
  for (const type of ["Exif", "mime"]) {
    const clean = await cleaned(
      picture(
        parts.map((each) => ({ type, parts: each })),
        boxes,
      ),
    );
    expect([clean.split(PIXELS).length - 1, clean.includes("Annabel"), clean.includes("Owner")]).toEqual([
      3,
      false,
      false,
    ]);
  }
});

test("texts among the properties of an AVIF and in its tracks are blanked", async () => {
  const texts = ["udes", "altt", "uuid", "free"].map((type) => box(type, NAME));
  const described = await cleaned(picture([], box("mdat", PIXELS), { more: texts, properties: texts }));
  expect([described.includes(PIXELS), described.includes("Annabel")]).toEqual([true, false]);
  const moov = box(
    "moov",
    box("udta", NAME),
    box("trak", box("meta", NAME), box("mdia", box("minf", box("udta", NAME)))),
  );
  const moving = await cleaned(picture([], joined(moov, box("mdat", PIXELS))));
  expect([moving.includes(PIXELS), moving.includes("Annabel")]).toEqual([true, false]);
});

test("a box with a long head or without an end is read like others", async () => {
  const long = (type: string, content: string) => joined(number(1, 4), type, number(16 + content.length, 8), content);
  const boxes = joined(long("uuid", NAME), long("mdat", PIXELS), number(0, 4), "mdat", PIXELS);
  const whole = picture([], boxes);
  const clean = await cleaned(whole);
  const blank = joined(number(1, 4), "free", number(16 + NAME.length, 8), new Uint8Array(NAME.length));
  const at = whole.length - boxes.length;
  expect(clean.slice(at, at + blank.length)).toBe(new TextDecoder("latin1").decode(blank));
  expect(clean.split(PIXELS)).toHaveLength(3);
  const endless = await cleaned(picture([], joined(box("mdat", PIXELS), number(0, 4), "uuid", NAME)));
  expect([endless.includes(PIXELS), endless.includes("Annabel")]).toEqual([true, false]);
});

test("an AVIF whose metadata cannot be blanked is refused", async () => {
  const mime = (method: number, parts: Item["parts"]): Item[] => [{ type: "mime", method, parts }];
  const mdat = box("mdat", NAME);
  const refused = {
    "by way of another item": picture(mime(2, [[1_000, 4]]), mdat, { iloc: 1 }),
    "in a box that is missing": picture(mime(1, [[0, 4]]), mdat, { iloc: 1 }),
    "before the description": joined(FTYP, meta(mime(0, [[8, 4]]), {}), mdat),
    "behind a description of more than 2 MB": picture([], mdat, { more: [box("abcd", new Uint8Array(2_000_000))] }),
  };
  for (const [where, bytes] of Object.entries(refused)) await expect(cleaned(bytes), where).rejects.toSatisfy(isUnfit);
  expect(await cleaned(picture(mime(0, [[8, NAME.length]]), mdat))).not.toContain("Annabel");
  for (const length of [0, 1, 4, 5]) await cleaned(picture([{ type: "Exif", parts: [[8, length]] }], mdat));
});
