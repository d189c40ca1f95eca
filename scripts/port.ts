import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { Mistake } from "./mistake.ts";

/** Below the ports that a system gives to connections, one of which could take the port before a server listens on it. */
const ANY = { from: 10_000, to: 30_000 };

/** The ports above 1,023 that browsers and `fetch` do not connect to (https://fetch.spec.whatwg.org/#port-blocking). */
const SHUT = new Set([
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566],
  ...[6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080],
]);

/** The port in the variable `PORT`, or `otherwise` if it is not set; 0 means any port. Throws a Mistake if it is invalid. */
export function portAsked(otherwise: number, given = process.env.PORT): number {
  if (!given) return otherwise;
  const port = Number(given);
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new Mistake(`PORT is “${given}”. It must be a number up to 65535, such as ${otherwise}.`);
  }
  return port;
}

/** The wanted port, or the next one that is free. By default, a random port that is free now. */
export async function freePort(wanted = randomInt(ANY.from, ANY.to)): Promise<number> {
  for (let port = wanted; ; port += 1) {
    if (SHUT.has(port)) continue;
    const found = await listenOnce(port, "127.0.0.1");
    // "localhost" may be the IPv6 loopback, where another program can listen on the same port.
    if (found !== null && (await listenOnce(found, "localhost")) !== null) return found;
  }
}

function listenOnce(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") return resolve(null);
      const isRefused = error.code === "EACCES";
      reject(isRefused ? new Mistake(`You are not allowed to use port ${port}. Set PORT to one above 1023.`) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      const found = typeof address === "object" && address ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
