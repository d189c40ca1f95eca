import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import type { EventPayload } from "../../app/webhooks/payload.server.ts";
import { Mistake } from "../mistake.ts";

type Printing = {
  /** 0 means any free port. */
  port: number;
  /** In the form `whsec_…`; a message is valid if one of them signed it. */
  secrets: readonly string[];
  print(line: string): void;
};

/** Starts a loopback receiver of webhooks that verifies each message and prints it in words. Rejects if the port is taken. */
export async function startPrintingReceiver({ port, secrets, print }: Printing) {
  const verifiers = secrets.map(verifierOf);
  const seen = new Set<string>();
  const server = createServer(async (request, answer) => {
    // The signature covers exactly these characters; a body that was parsed and written again has others.
    const body = await request.setEncoding("utf8").reduce((text, part) => text + part, "");
    const headers = request.headers as Record<string, string>;
    const why = whyRefused(verifiers, body, headers);
    const id = headers["webhook-id"] ?? "";
    print(why === null ? linesOf(JSON.parse(body), { id, isAgain: seen.has(id) }) : `refused: ${why}`);
    if (why === null) seen.add(id);
    answer.writeHead(why === null ? 204 : 401).end();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Mistake(`Port ${port} is in use. Choose another one: PORT=${port + 1} npm run webhook:receive`);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function verifierOf(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    throw new Mistake(
      `“${secret}” is not a webhook secret. Secrets begin with whsec_ and are shown when a webhook is added.`,
    );
  }
}

/** Returns null if one of the secrets signed the message within the last five minutes, otherwise the reason. */
function whyRefused(verifiers: readonly Webhook[], body: string, headers: Record<string, string>): string | null {
  let why = "there is no secret";
  for (const verifier of verifiers) {
    try {
      verifier.verify(body, headers);
      return null;
    } catch (error) {
      why = (error as Error).message;
    }
  }
  return why;
}

function linesOf({ type, at, organization, actor, target, data }: EventPayload, { id, isAgain }: Message): string {
  const by =
    actor === null ? "" : ` by ${actor.name ?? `a ${actor.kind}`}${actor.via === null ? "" : ` via ${actor.via}`}`;
  const what = target === null ? "" : `: “${target.name ?? target.id}”`;
  return [
    `${at}  ${type}${what}${by}, in ${organization.name ?? organization.slug}${isAgain ? " (again)" : ""}`,
    ...changesOf(data),
    `  ${id}`,
  ].join("\n");
}

type Message = { id: string; isAgain: boolean };

function changesOf({ before, after }: EventPayload["data"]): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((name) => {
    const [was, is] = [before?.[name], after?.[name]].map((value) =>
      value === undefined ? "" : JSON.stringify(value),
    );
    return `  ${name}: ${was ? `${was} → ` : ""}${is || "nothing"}`;
  });
}
