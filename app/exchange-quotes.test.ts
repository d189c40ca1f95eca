import { expect, test } from "vitest";
import { exchangeQuotes } from "./exchange-quotes.ts";

const TEXT = `{"name":"Conor O'Brien","says":"“é” 你 '' \\" \\\\"}`;

test("quotes that are exchanged twice are as they were, and the document escapes few of them", async () => {
  const once = await read(exchangeQuotes(streamOf(TEXT)));
  expect(once).toContain("'name':'Conor O\"Brien'");
  expect(await read(exchangeQuotes(streamOf(once)))).toBe(TEXT);
});

/** In chunks of five bytes, which divide letters. */
function streamOf(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 5) controller.enqueue(bytes.slice(at, at + 5));
      controller.close();
    },
  });
}

const read = (stream: ReadableStream<Uint8Array>) =>
  new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text();
