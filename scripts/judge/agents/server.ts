import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Message, speak, type ToolResult } from "../../../app/request/mcp-protocol.server.ts";

/**
 * Starts a server in front of `/mcp` of the built Worker for a client without a key: it adds a key and forwards everything except
 * calls of the tools that the conformance suite requires. It handles those calls itself, with the code that `/mcp` uses.
 */
export async function startConformanceServer({ appUrl, secret }: { appUrl: string; secret: string }) {
  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy());
  });

  async function pass(incoming: IncomingMessage, answer: ServerResponse) {
    const { method = "GET" } = incoming;
    const body = await text(incoming);
    const headers = new Headers(incoming.headers as Record<string, string>);
    for (const name of ["host", "connection", "content-length", "transfer-encoding"]) headers.delete(name);
    headers.set("Authorization", `Bearer ${secret}`);
    // This server's own origin becomes the product's; a foreign origin stays foreign.
    if (headers.get("Origin") === url) headers.set("Origin", appUrl);
    const request = new Request(new URL("/mcp", appUrl), { method, headers, ...(body && { body }) });
    const message = messageIn(body);
    const answered = isOfSuite(message) ? await speak(request, message, suite) : await fetch(request);
    const said = new Headers(answered.headers);
    // These headers describe the bytes as received, which are decoded by now.
    for (const name of ["content-encoding", "content-length", "transfer-encoding"]) said.delete(name);
    answer.writeHead(answered.status, Object.fromEntries(said)).end(await answered.text());
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url: `${url}/mcp`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Call = Message & { params?: { name?: unknown } };

function messageIn(body: string): Call | null {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function isOfSuite(message: Call | null): message is Call {
  return message?.method === "tools/call" && String(message.params?.name) in results;
}

const pixel = { data: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC" };
const silence = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

/** The results that the suite expects of each tool; the product's own tools return only text. */
const results: Record<string, object> = {
  test_simple_text: { content: [{ type: "text", text: "This is a simple text response for testing." }] },
  test_image_content: { content: [{ type: "image", mimeType: "image/png", ...pixel }] },
  test_audio_content: { content: [{ type: "audio", mimeType: "audio/wav", data: silence }] },
  test_embedded_resource: { content: [resource("test://embedded-resource", "text/plain", "An embedded resource.")] },
  test_multiple_content_types: {
    content: [
      { type: "text", text: "Multiple content types test:" },
      { type: "image", mimeType: "image/png", ...pixel },
      resource("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
    ],
  },
  test_error_handling: {
    content: [{ type: "text", text: "This tool intentionally returns an error for testing" }],
    isError: true,
  },
};

function resource(uri: string, mimeType: string, text: string) {
  return { type: "resource", resource: { uri, mimeType, text } };
}

const suite = {
  instructions: "",
  tools: () => [],
  call: async (name: string) => (results[name] as ToolResult | undefined) ?? null,
};
