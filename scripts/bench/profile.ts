import { writeFile } from "node:fs/promises";

type Frame = { functionName: string; url: string; lineNumber: number };
type Profile = {
  nodes: { id: number; callFrame: Frame }[];
  samples: number[];
  /** Microseconds before each sample. */
  timeDeltas: number[];
};

/** Records what the Worker's thread does during `work` into `file`, and returns the costliest functions with their share. */
export async function profile(inspectorUrl: string, file: string, work: () => Promise<unknown>) {
  const socket = new WebSocket(inspectorUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  const call = caller(socket);
  await call("Profiler.enable");
  await call("Profiler.start");
  await work();
  const { profile: recorded } = (await call("Profiler.stop")) as { profile: Profile };
  socket.close();
  await writeFile(file, JSON.stringify(recorded));
  return costliest(recorded);
}

function caller(socket: WebSocket) {
  let last = 0;
  return (method: string): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1;
      const id = last;
      const listen = (event: MessageEvent<string>) => {
        const message: { id?: number; result: unknown } = JSON.parse(event.data);
        if (message.id !== id) return;
        socket.removeEventListener("message", listen);
        resolve(message.result);
      };
      socket.addEventListener("message", listen);
      socket.send(JSON.stringify({ id, method }));
    });
}

function costliest({ nodes, samples, timeDeltas }: Profile) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  samples.forEach((id, index) => {
    const name = names.get(id) ?? "";
    spent.set(name, (spent.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  });
  spent.delete("(idle)");
  const total = [...spent.values()].reduce((sum, time) => sum + time, 0);
  return [...spent]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((one, other) => other.share - one.share)
    .slice(0, 25);
}

function nameOf({ functionName, url, lineNumber }: Frame): string {
  const name = functionName || "(anonymous)";
  return url ? `${name} ${url.split("/").at(-1)}:${lineNumber + 1}` : name;
}
