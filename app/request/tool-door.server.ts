import { withLocale } from "#app/i18n/locale.server.ts";
import { baseLocale } from "#app/i18n/locale.ts";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import { toolNameOf, toolOf } from "#app/operation/tool.server.ts";
import type { Problem } from "#app/ui/problem.ts";
import { agentNameOf, sessionHeader } from "./agent-name.server.ts";
import { inJson } from "./api-door.server.ts";
import { requireKey } from "./authenticate.server.ts";
import { parseMessage } from "./body/body.server.ts";
import { guard, type RouteArgs } from "./call.server.ts";
import { requireKeyItself } from "./key-itself.server.ts";
import type { Message } from "./mcp-protocol.server.ts";
import { servicesContext } from "./services.server.ts";
import { callRow, resultOf } from "./tool-call.server.ts";

/** Opens tools to agents. A refusal is a tool result, a bad request gets problem+json, a bad message gets a JSON-RPC error. */
export function tools(table: readonly ApiRow[]) {
  const rows = table.filter(({ tool }) => tool !== undefined);
  async function door({ request, context }: RouteArgs): Promise<Response> {
    const services = context.get(servicesContext);
    return withLocale(baseLocale, () =>
      guard({ request, services }, () => opened(rows, { request, context })).catch((thrown: unknown) =>
        inJson(thrown, services),
      ),
    );
  }
  return Object.assign(door, { rows });
}

async function opened(rows: readonly ApiRow[], asked: RouteArgs): Promise<Response> {
  const { request, context } = asked;
  const services = context.get(servicesContext);
  const { trace, appUrl, bearer } = services;
  const [, own = "", ...below] = new URL(request.url).pathname.split("/");
  if (own.endsWith(".data") || below.some((segment) => segment !== "")) {
    throw Response.json({ error: "not-found" } satisfies Problem, { status: 404 });
  }
  if (request.method !== "POST") {
    trace.headers.set("Allow", "POST, OPTIONS");
    if (request.method === "OPTIONS") return new Response(null, { status: 204 });
    throw Response.json({ error: "method-not-allowed" } satisfies Problem, { status: 405 });
  }
  // A browser sends its origin, and keys do not belong in browsers (streamable HTTP, "Security & Endpoint").
  const origin = request.headers.get("Origin");
  if (origin !== null && origin !== appUrl) {
    trace.refusal = "cross-site";
    throw Response.json({ error: "cross-site" } satisfies Problem, { status: 403 });
  }
  await requireKey({ request, services }, bearer);
  const body = await parseMessage(request);
  if (!body.ok && body.reason === "unreadable") return unreadable(-32_700, "Parse error");
  if (!body.ok) {
    const said: Problem = { error: "invalid", code: body.reason, fields: {} };
    throw Response.json(said, { status: body.status });
  }
  const { message } = body;
  // A batch would need many round trips in one request.
  if (!isMessage(message)) return unreadable(-32_600, "One message at a time, as an object");
  const { method } = message;
  const via = agentNameOf(message, request);
  // For a call, the access check of its operation finds out whether the key is alive.
  const key = method === "tools/call" ? null : await requireKeyItself({ request, services, program: { via } });
  let refused: Response | null = null;
  let isAsked = key !== null;
  const { speak } = await import("./mcp-protocol.server.ts");
  const answer = await speak(request, message, {
    instructions: key === null ? "" : `Acts in the organization "${key.organizationName}" by the key "${key.keyName}".`,
    tools: () => rows.filter(({ operation }) => key?.permissions.includes(operation.authorize)).map(toolOf),
    async call(name, fields) {
      const row = rows.find((each) => toolNameOf(each) === name);
      if (row === undefined) return null;
      isAsked = true;
      const given = await callRow(row, fields, { ...asked, via });
      if (given.status === 401) refused = given.clone();
      return resultOf(given);
    },
  });
  if (refused !== null) return refused;
  // A call of an unknown tool, or a malformed call, has reached no operation that would have checked the key.
  if (!isAsked) await requireKeyItself({ request, services, program: { via } });
  if (method === "initialize" && via !== null && answer.ok) answer.headers.set(...sessionHeader(via));
  return answer;
}

function isMessage(sent: unknown): sent is Message {
  return typeof sent === "object" && sent !== null && !Array.isArray(sent);
}

function unreadable(code: number, message: string): Response {
  return Response.json({ jsonrpc: "2.0", id: null, error: { code, message } }, { status: 400 });
}
