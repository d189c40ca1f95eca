import type { Plugin } from "vite";

/**
 * React encodes each piece of a document separately (thousands of a few letters each) and counts its bytes, which takes a tenth
 * of a page's processor time. Here a document is one string that is encoded once, when it is sent.
 */
export function oneEncodePerDocument(): Plugin {
  const changes = [
    ["return textEncoder.encode(content);", "return content;"],
    [
      /return "string" === typeof chunk\s*\? Buffer\.byteLength\(chunk, "utf8"\)/,
      'return "string" === typeof chunk ? chunk.length',
    ],
    [
      "function writeChunk(destination, chunk) {",
      `var unsent = "";
      function writeText(destination) {
        if (unsent === "") return;
        var text = unsent;
        unsent = "";
        writeToDestination(destination, text);
      }
      function writeChunk(destination, chunk) {
        if ("string" === typeof chunk) unsent += chunk;
        else writeText(destination), writeBytes(destination, chunk);
      }
      function writeBytes(destination, chunk) {`,
    ],
    ["function completeWriting(destination) {", "$&writeText(destination);"],
    // Text left over from a request that broke off is never sent to another request.
    ["function flushCompletedQueues(request, destination) {", '$&unsent = "";'],
  ] as const;
  return {
    name: "one-encode-per-document",
    apply: "build",
    applyToEnvironment: ({ name }) => name === "ssr",
    transform: {
      filter: { id: /react-dom-server\.node\.production\.js$/ },
      handler(code) {
        const missing = changes.filter(([from]) => code.split(from).length !== 2);
        if (missing.length > 0)
          this.error(`React writes in another way now: ${missing.map(([from]) => from).join(", ")}`);
        return { code: changes.reduce((text, [from, to]) => text.replace(from, to), code), map: null };
      },
    },
  };
}
