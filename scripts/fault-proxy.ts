import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";

/** What happens to a request on its way. A number delays it by that many milliseconds. */
export type Fault =
  | "none"
  | number
  /** The request is accepted and never gets a response. */
  | "hang"
  /** The response stops after its head and the first bytes of its body. */
  | "stall"
  /** The response is 503, as from a server that is shutting down. */
  | "unwell"
  /** The connection breaks. */
  | "drop"
  /** A request whose body matches is carried out, but its response is kept back. */
  | RegExp;

export type FaultProxy = {
  url: string;
  /** The origin behind the proxy; a change applies from the next request on. */
  target: string;
  fault: Fault;
  /** The number of requests so far. */
  readonly asked: number;
  /** The number of responses that were kept back. */
  readonly keptBack: number;
  /** Stops the proxy, which then refuses connections. */
  close: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts a loopback server in front of `target` (an origin) that makes the faults that a person or a test sets. */
export async function startFaultProxy({ target, fault = "none" }: { target: string; fault?: Fault }) {
  let asked = 0;
  let keptBack = 0;
  const server = createServer((incoming, answer) => {
    asked += 1;
    pass(incoming, answer).catch(() => answer.destroy());
  });

  async function pass(incoming: IncomingMessage, answer: ServerResponse) {
    const { fault } = proxy;
    if (fault === "drop") return incoming.socket.destroy();
    if (fault === "hang") return incoming.resume();
    if (fault === "unwell") return incoming.resume().once("end", () => answer.writeHead(503).end("going away"));
    if (typeof fault === "number") await pause(fault);
    const onward = request(new URL(incoming.url ?? "/", proxy.target), {
      method: incoming.method,
      headers: incoming.headers,
    });
    const sent = fault instanceof RegExp ? [await buffer(incoming)] : incoming;
    const [[came]] = await Promise.all([once(onward, "response"), pipeline(sent, onward)]);
    if (fault instanceof RegExp && fault.test(String(sent))) {
      await buffer(came as IncomingMessage);
      keptBack += 1;
      return;
    }
    const { statusCode = 502, headers } = came as IncomingMessage;
    answer.writeHead(statusCode, headers);
    if (fault !== "stall") return pipeline(came as IncomingMessage, answer);
    const [first] = (await once(came as IncomingMessage, "data")) as [Buffer];
    answer.write(first.subarray(0, Math.ceil(first.length / 2)));
  }

  // On a busy machine, the Worker can use a connection again in the moment in which an idle one would be closed here.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    fault,
    get asked() {
      return asked;
    },
    get keptBack() {
      return keptBack;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
  return proxy;
}

if (import.meta.main) {
  const [target = "", fault = "hang", ...more] = process.argv.slice(2);
  const isKnown = ["none", "hang", "stall", "unwell", "drop"].includes(fault) || Number(fault) >= 0;
  if (!URL.canParse(target) || !isKnown || more.length > 0) {
    console.error("npm run fault-proxy -- <origin> [none|hang|stall|unwell|drop|<milliseconds>]");
    process.exit(1);
  }
  const proxy = await startFaultProxy({ target, fault: (Number(fault) || fault) as Fault });
  console.log(`${proxy.url} → ${target}, ${fault}`);
}
