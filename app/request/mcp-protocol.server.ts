import {
  createMcpHandler,
  isLegacyRequest,
  type ListToolsResult,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import type { Tool } from "#app/operation/tool.server.ts";
import { PRODUCT_NAME } from "#app/product.ts";

/** Tools and permissions of a key stay the same between two releases; a client may keep the list for so long. */
const LIST_KEPT_MS = 300_000;

export type ToolResult = {
  content: { type: "text"; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: true;
};

export type Message = { method?: unknown; id?: unknown };

export type Offer = {
  instructions: string;
  tools(): Tool[];
  /** Null: no such tool. */
  call(name: string, fields: Record<string, unknown>): Promise<ToolResult | null>;
};

/** Answers one message of the Model Context Protocol (streamable HTTP, any revision), without a session and as whole JSON. */
export async function speak(request: Request, message: Message, offer: Offer): Promise<Response> {
  const asked = { parsedBody: message };
  if (await isLegacyRequest(request, message)) {
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await serverFor(offer).connect(transport);
    return transport.handleRequest(request, asked);
  }
  // A stream of changes, of which there are none.
  if (message.method === "subscriptions/listen") return notFound(message.id);
  return createMcpHandler(() => serverFor(offer), { legacy: "reject" }).fetch(request, asked);
}

function serverFor({ instructions, tools, call }: Offer): Server {
  const server = new Server(
    { name: PRODUCT_NAME, version: "1" },
    { capabilities: { tools: {} }, instructions, cacheHints: { "tools/list": { ttlMs: LIST_KEPT_MS } } },
  );
  // A schema made of Zod is JSON, which its type does not say.
  server.setRequestHandler("tools/list", () => ({ tools: tools() as ListToolsResult["tools"] }));
  server.setRequestHandler("tools/call", async ({ params: { name, arguments: fields = {} } }) => {
    const result = await call(name, fields);
    if (result === null) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${name}`);
    return result;
  });
  return server;
}

function notFound(id: unknown): Response {
  const error = { code: ProtocolErrorCode.MethodNotFound, message: "Method not found" };
  return Response.json({ jsonrpc: "2.0", id, error }, { status: 404 });
}
