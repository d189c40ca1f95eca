import { Agent, type IncomingMessage, request } from "node:http";

export type Load = {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
  /** A write, with a new body for each request and the status to expect. Without it, the load is a read that expects 200. */
  write?: { method: string; body: () => string; status: number };
};

/** Sends one request after the other over kept-alive connections. Rejects if a response has an unexpected status. */
export async function measure({ connections, seconds, ...asked }: Load) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const start = performance.now();
  const end = start + seconds * 1000;
  let documents = 0;
  const ask = async () => {
    while (performance.now() < end) {
      await send(asked, agent);
      documents += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  agent.destroy();
  return { documents, documentsPerSecond: documents / ((performance.now() - start) / 1000) };
}

/** Sends one request and reads its response to the end. Resolves with the response's headers and its body's size in bytes. */
export function send({ url, headers, write }: Pick<Load, "url" | "headers" | "write">, agent?: Agent) {
  const { method = "GET", status = 200 } = write ?? {};
  return new Promise<{ headers: IncomingMessage["headers"]; bytes: number }>((resolve, reject) => {
    const asked = request(url, { method, headers, ...(agent && { agent }) }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.byteLength;
      });
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === status) resolve({ headers: response.headers, bytes });
        else reject(new Error(`${method} ${url} responded with ${response.statusCode}.`));
      });
    });
    asked.once("error", reject);
    asked.end(write?.body());
  });
}
