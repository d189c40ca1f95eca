import { expect, test } from "vitest";
import { unzip } from "#app/test/unzip.ts";
import { type ZipFile, zipOf } from "./zip.server.ts";

type Told = { opened: string[]; pieces: number; closed: number };

async function* piecesOf(pieces: readonly string[], told: Told) {
  try {
    for (const piece of pieces) {
      told.pieces += 1;
      yield new TextEncoder().encode(piece);
    }
  } finally {
    told.closed += 1;
  }
}

async function* filesOf(contents: Record<string, string[]>, told: Told): AsyncGenerator<ZipFile> {
  for (const [name, pieces] of Object.entries(contents)) {
    told.opened.push(name);
    yield { name, changedAt: new Date("2026-11-27T12:34:56Z"), body: piecesOf(pieces, told) };
  }
}

const nothingYet = (): Told => ({ opened: [], pieces: 0, closed: 0 });

test("a ZIP contains every file unchanged, with a name in any script and of any length", async () => {
  const contents = { "Lake.png": ["first ", "second"], "Ünï 漢字 🌊.jpg": ["b".repeat(100_000)], "empty.gif": [] };
  const found = unzip(await bytesOf(contents));
  const texts = Object.entries(found).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
  expect(texts).toEqual(Object.entries(contents).map(([name, pieces]) => [name, pieces.join("")]));
  expect(unzip(await bytesOf({}))).toEqual({});
});

function asStream(contents: Record<string, string[]>) {
  const pieces = zipOf(filesOf(contents, nothingYet()));
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

async function bytesOf(contents: Record<string, string[]>) {
  return new Response(asStream(contents)).bytes();
}

test("a ZIP reads no file ahead, and when the reader stops it closes its file and opens no other", async () => {
  const told = nothingYet();
  const zip = zipOf(filesOf({ one: ["a", "b", "c"], two: ["d"] }, told));
  expect(told).toEqual(nothingYet());
  for (const _ of ["header", "name", "a", "b"]) await zip.next();
  expect(told).toEqual({ opened: ["one"], pieces: 2, closed: 0 });
  await zip.return(undefined);
  expect(told).toEqual({ opened: ["one"], pieces: 2, closed: 1 });
  expect((await zip.next()).done).toBe(true);
});
