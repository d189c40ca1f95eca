import { Buffer } from "node:buffer";
import type { ApiRow } from "#app/operation/api-row.server.ts";
import { CALL_NAME } from "#app/operation/tool.server.ts";
import { digest } from "#app/tokens.server.ts";
import { API_ROOT, inJson, serve } from "./api-door.server.ts";
import type { RouteArgs } from "./call.server.ts";
import type { ToolResult } from "./mcp-protocol.server.ts";
import { servicesContext } from "./services.server.ts";

type ToolCall = RouteArgs & { via: string | null };

/** Runs the API row of a tool, as if the arguments had been sent to the row's own address. Refusals are returned, not thrown. */
export async function callRow(row: ApiRow, given: Record<string, unknown>, { request, context, via }: ToolCall) {
  const services = context.get(servicesContext);
  const { [CALL_NAME]: callName, ...rest } = given;
  const isRead = row.operation.kind === "read";
  const sent = Object.entries(isRead ? given : rest);
  const isOfPath = (name: string) => name !== "organization" && row.path.includes(`{${name}}`);
  const fields = Object.fromEntries(sent.filter(([name]) => !isOfPath(name)));
  const params: Record<string, unknown> = Object.fromEntries(sent.filter(([name]) => isOfPath(name)));
  params.organization = ownOrganization(services.bearer ?? "");
  const path = row.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])));
  const there = new Request(new URL(API_ROOT + path, request.url), { method: row.method, signal: request.signal });
  const asked = { request: there, params, context, program: { via, fields } };
  const named = isRead || callName === undefined ? null : typeof callName === "string" ? callName : "";
  return serve(row, { ...asked, callName: named }).catch((thrown: unknown) => inJson(thrown, services));
}

/** In place of a slug, which a tool call does not send. It is constant for a key, since a cursor belongs to an organization. */
function ownOrganization(bearer: string): string {
  return `own-${Buffer.from(digest(bearer), "base64url").toString("hex").slice(0, 32)}`;
}

export async function resultOf(answer: Response): Promise<ToolResult> {
  const text = await answer.text();
  if (!answer.ok) return { content: [{ type: "text", text }], isError: true };
  if (text === "") return { content: [{ type: "text", text: "Done." }] };
  return { content: [{ type: "text", text }], structuredContent: JSON.parse(text) };
}
