import { Buffer } from "node:buffer";
import { shorten } from "#app/text/names.ts";

const NAME_MAXIMUM = 64;
const CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
const SESSION_HEADER = "Mcp-Session-Id";
const SESSION_FORM = /^client\.([\w-]{1,400})$/;

/** The name that an agent gives itself, unchecked. Before revision 2026-07-28 it is sent once, so the session id keeps it. */
export function agentNameOf(message: unknown, { headers }: Request): string | null {
  const { method, params } = record(message);
  const { clientInfo, _meta } = record(params);
  const info = method === "initialize" ? clientInfo : record(_meta)[CLIENT_INFO];
  const [, kept] = SESSION_FORM.exec(headers.get(SESSION_HEADER) ?? "") ?? [];
  const { name = kept && Buffer.from(kept, "base64url").toString() } = record(info);
  return (typeof name === "string" && shorten(name, NAME_MAXIMUM)) || null;
}

/** The header that keeps the agent's name, for the response to `initialize`. */
export function sessionHeader(name: string): [string, string] {
  return [SESSION_HEADER, `client.${Buffer.from(name).toString("base64url")}`];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
