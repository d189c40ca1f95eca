import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

declare module "vitest" {
  interface ProvidedContext {
    receiverUrl: string;
  }
}

export type Manner =
  | number
  /** Takes a moment, like a real receiver, and responds with 204. */
  | "work"
  /** Reads the request and never responds. */
  | "hang"
  /** Sends the beginning of a successful response, and then nothing. */
  | "stall"
  | "redirect"
  | "drop";

/** `isTaken`: whether the response was a success. */
export type Received = { headers: Record<string, string>; body: string; at: number; isTaken: boolean };

type Receiver = {
  manner: Manner;
  /** How many requests get a 503 before that. */
  failures: number;
  headers: Record<string, string>;
  text: string;
  received: Received[];
  open: number;
  mostOpen: number;
};

/** Webhook receivers by path: `PUT` sets the behaviour, `GET` returns the requests. Runs in Node, as workerd cannot listen. */
export async function startReceivers(): Promise<{ url: string; close(): Promise<void> }> {
  const receivers = new Map<string, Receiver>();
  const unanswered = new Map<string, Set<ServerResponse>>();
  const server = createServer(async (request, answer) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const receiver = receivers.get(pathname) ?? {
      manner: 200,
      failures: 0,
      headers: {},
      text: "<secret>what receivers say</secret>",
      received: [],
      open: 0,
      mostOpen: 0,
    };
    receivers.set(pathname, receiver);
    const body = await request.setEncoding("utf8").reduce((text, part) => text + part, "");
    if (request.method === "PUT") {
      // End the hanging responses, as when such a server is restarted.
      for (const hanging of unanswered.get(pathname) ?? []) hanging.destroy();
      return answer.end(JSON.stringify(Object.assign(receiver, JSON.parse(body))));
    }
    if (request.method === "GET") return answer.end(JSON.stringify(receiver));
    const isTaken = receiver.failures === 0 && takes(receiver.manner);
    receiver.received.push({ headers: request.headers as Record<string, string>, body, at: Date.now(), isTaken });
    receiver.open += 1;
    receiver.mostOpen = Math.max(receiver.mostOpen, receiver.open);
    const waiting = unanswered.get(pathname) ?? new Set();
    unanswered.set(pathname, waiting.add(answer));
    const ended = () => {
      if (waiting.delete(answer)) receiver.open -= 1;
    };
    // The sender can have read the response, and have sent its next request, before this one is closed.
    answer.once("prefinish", ended);
    answer.once("close", ended);
    if (receiver.failures > 0) {
      receiver.failures -= 1;
      return answer.writeHead(503).end();
    }
    behave(receiver, answer);
  });
  // On a busy machine, the Worker can use a connection again in the moment in which an idle one would be closed here.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const WORK_MS = 50;

function takes(manner: Manner): boolean {
  return manner === "work" || (typeof manner === "number" && manner < 300);
}

function behave({ manner, headers, text }: Receiver, answer: ServerResponse) {
  if (manner === "drop") answer.destroy();
  else if (manner === "stall") answer.writeHead(200).write("and so");
  else if (manner === "redirect") answer.writeHead(302, { Location: "/elsewhere" }).end();
  else if (manner === "work") setTimeout(() => answer.writeHead(204).end(), WORK_MS);
  else if (manner !== "hang") answer.writeHead(manner, headers).end(text);
}
