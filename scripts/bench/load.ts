import { Agent, type IncomingMessage, request } from "node:http";

export type Load = {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
  /** A write: another body each time, and the status of what was done. Left out: a read, which answers 200. */
  write?: { method: string; body: () => string; status: number };
};

/** Sends one request after the other over kept-alive connections. Rejects when one answer has another status than it should. */
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

/** One request, read to its end; answers the head of its answer and how many bytes came. */
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
        else reject(new Error(`${method} ${url} answered ${response.statusCode}.`));
      });
    });
    asked.once("error", reject);
    asked.end(write?.body());
  });
}
