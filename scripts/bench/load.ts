import { Agent, get } from "node:http";

export type Load = { url: string; headers: Record<string, string>; connections: number; seconds: number };

/** Asks for one document after the other over kept-alive connections. Rejects when one answer is not 200. */
export async function measure({ url, headers, connections, seconds }: Load) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const start = performance.now();
  const end = start + seconds * 1000;
  let documents = 0;
  const ask = async () => {
    while (performance.now() < end) {
      await readDocument(url, headers, agent);
      documents += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  agent.destroy();
  return { documents, documentsPerSecond: documents / ((performance.now() - start) / 1000) };
}

function readDocument(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent }, (response) => {
      response.once("error", reject);
      response.once("end", () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url} answered ${response.statusCode}.`));
      });
      response.resume();
    });
    request.once("error", reject);
  });
}
