import { type CallToolResult, Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { loader as door } from "#app/routes/mcp.ts";
import { type Answered, ask } from "./requests.ts";

type Handler = Parameters<typeof ask>[0];

/** How an agent's client starts: with `initialize`, as before revision 2026-07-28, or again in each request. */
export const eras = ["legacy", { pin: "2026-07-28" }] as const;

type Options = { name?: string; era?: (typeof eras)[number]; variables?: Record<string, string> };

export type Agent = Awaited<ReturnType<typeof anAgent>>;

/** An agent: the protocol's own client, whose requests go through the door. `last` returns its last response. */
export async function anAgent(secret: string, { name = "Test agent", era = eras[1], variables }: Options = {}) {
  const answers: Answered[] = [];
  const transport = new StreamableHTTPClientTransport(new URL("http://localhost:5173/mcp"), {
    requestInit: { headers: { Authorization: `Bearer ${secret}` } },
    async fetch(url, init = {}) {
      const { method, body } = init;
      const { "content-type": _set, ...headers } = Object.fromEntries(new Headers(init.headers));
      const answered = await ask(door as Handler, {
        url: new URL(url).pathname,
        headers,
        ...(method !== undefined && { method }),
        ...(typeof body === "string" && { json: JSON.parse(body) }),
        ...(variables !== undefined && { variables }),
      });
      answers.push(answered);
      const said = answered.body instanceof Response ? answered.body.body : JSON.stringify(answered.body);
      return new Response(said, { status: answered.status, headers: answered.headers });
    },
  });
  const client = new Client({ name, version: "1.0.0" }, { versionNegotiation: { mode: era } });
  await client.connect(transport);
  return {
    client,
    last: () => answers.at(-1) as Answered,
    [Symbol.asyncDispose]: () => client.close(),
  };
}

export function problemOf({ isError, content: [first] }: CallToolResult): unknown {
  return isError === true && first?.type === "text" ? JSON.parse(first.text) : null;
}
