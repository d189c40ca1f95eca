import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below those that a system gives to connections, one of which could take it before somebody listens there. */
const ANY = { from: 10_000, to: 30_000 };

/** The wanted port, or the next one nobody listens on; without a wish, any that is free now. */
export async function freePort(wanted = randomInt(ANY.from, ANY.to)): Promise<number> {
  for (let port = wanted; ; port += 1) {
    const found = await listenOnce(port, "127.0.0.1");
    // "localhost" may be the IPv6 loopback, where somebody else can hold the same number.
    if (found !== null && (await listenOnce(found, "localhost")) !== null) return found;
  }
}

function listenOnce(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const found = typeof address === "object" && address ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
