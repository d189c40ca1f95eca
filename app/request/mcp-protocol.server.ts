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

/** How long a client can cache the list. Tools change only with a release, and the permissions of a key never do. */
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
  /** Null if there is no such tool. */
  call(name: string, fields: Record<string, unknown>): Promise<ToolResult | null>;
};

/** Responds to a message of the Model Context Protocol (streamable HTTP, any revision), without a session or an event stream. */
export async function speak(request: Request, message: Message, offer: Offer): Promise<Response> {
  const asked = { parsedBody: message };
  if (await isLegacyRequest(request, message)) {
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await serverFor(offer).connect(transport);
    return transport.handleRequest(request, asked);
  }
  // It asks for a stream of changes, but there are none.
  if (message.method === "subscriptions/listen") return notFound(message.id);
  return createMcpHandler(() => serverFor(offer), { legacy: "reject" }).fetch(request, asked);
}

function serverFor({ instructions, tools, call }: Offer): Server {
  const server = new Server(
    { name: PRODUCT_NAME, version: "1" },
    { capabilities: { tools: {} }, instructions, cacheHints: { "tools/list": { ttlMs: LIST_KEPT_MS } } },
  );
  // A schema made from Zod is plain JSON, but its type does not say so.
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
