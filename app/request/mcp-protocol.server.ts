import {
  createMcpHandler,
  isLegacyRequest,
  isSpecType,
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
  const isLegacy = await isLegacyRequest(request, message);
  if (!isWellFormed(message, isLegacy)) {
    return refused(message.id, { status: 400, code: ProtocolErrorCode.InvalidParams, message: "Invalid params" });
  }
  if (isLegacy) {
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    await serverFor(offer).connect(transport);
    return transport.handleRequest(request, asked);
  }
  // It asks for a stream of changes, but there are none.
  if (message.method === "subscriptions/listen") {
    return refused(message.id, { status: 404, code: ProtocolErrorCode.MethodNotFound, message: "Method not found" });
  }
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

/** The library would call wrong parameters of these methods an internal error. */
function isWellFormed(message: Message, isLegacy: boolean): boolean {
  if (message.method === "initialize") return !isLegacy || isSpecType.InitializeRequest(message);
  return message.method !== "tools/list" || isSpecType.ListToolsRequest(message);
}

type Refused = { status: number; code: ProtocolErrorCode; message: string };

function refused(id: unknown, { status, ...error }: Refused): Response {
  return Response.json({ jsonrpc: "2.0", id, error }, { status });
}
