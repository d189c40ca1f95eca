import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type SlowNetwork = Awaited<ReturnType<typeof startSlowNetwork>>;

type Hold = { matching: RegExp; released: Promise<void> };

/**
 * Starts a proxy between a browser and the Worker. `hold` holds back all later requests that match, written as `GET /login`,
 * until the function that it returns is called. `lose` loses the responses to all later requests that match, until the
 * function that it returns is called: a browser sends some again by itself. `sent` lists the requests that went through, in the
 * order of the Worker.
 */
export async function startSlowNetwork() {
  const holds: Hold[] = [];
  const lost = new Set<RegExp>();
  const sent: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? "");
    const asked = `${incoming.method} ${url.pathname}${url.search}`;
    for (const { matching, released } of holds) if (matching.test(asked)) await released;
    sent.push(asked);
    const isLost = [...lost].some((matching) => matching.test(asked));
    // The Worker closes idle connections after five seconds, as Node's agent does: a busy process can use one that is closed.
    const onward = { agent: false, method: incoming.method, headers: incoming.headers };
    const passed = request(url, onward, (answer) => {
      if (isLost) return outgoing.destroy();
      // The browser must not use its cache, which would bypass the slow network.
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, "cache-control": "no-store" });
      answer.pipe(outgoing);
    });
    // A browser that moves on to another page does not need the rest.
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  // The browser too can use a connection in the moment in which an idle one would be closed here.
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    hold(matching: RegExp): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      holds.push({ matching, released: promise });
      return resolve;
    },
    lose(matching: RegExp): () => void {
      lost.add(matching);
      return () => void lost.delete(matching);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
