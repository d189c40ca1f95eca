import { startFaultProxy } from "../fault-proxy.ts";
import { median, table } from "./numbers.ts";
import { startProduct } from "./product.ts";

const DELAYS_MS = [0, 20, 40];
const HOME = "/organizations/acme";
const PAGES = [
  ...["dashboard", "gallery", "members", "audit", "settings"].map((page) => `${HOME}/${page}`),
  ...["/organizations", "/notifications", "/settings/account", "/settings/security"],
];

/** Measures each page with and without the cookie cache, and signing in, at several delays of the database. */
export async function measureDelays({ rounds }: { rounds: number }) {
  await using product = await startProduct();
  await using proxy = await startFaultProxy({ target: product.databaseUrl });
  await using worker = await product.beside({ DATABASE_URL: proxy.url });
  const cookie = await product.signIn();
  const token = cookie.split("; ").find((each) => each.includes("session_token=")) ?? "";
  const asked: [string, () => Promise<Response>][] = PAGES.flatMap((page) => [
    [page, () => fetch(worker.url + page, { headers: { cookie } })],
    [`${page}, no cache`, () => fetch(worker.url + page, { headers: { cookie: token } })],
  ]);
  const rows = [["milliseconds to the whole document", "trips", ...DELAYS_MS.map((delay) => `${delay} ms away`)]];
  for (const [name, ask] of asked) {
    let trips = "";
    const times: string[] = [];
    for (const delay of DELAYS_MS) {
      proxy.fault = delay;
      const own: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const start = performance.now();
        const answer = await ask();
        await answer.arrayBuffer();
        if (answer.status !== 200) throw new Error(`${name} responded with ${answer.status}.`);
        own.push(performance.now() - start);
        trips = /desc="(\d+) trips?"/.exec(answer.headers.get("Server-Timing") ?? "")?.[1] ?? "–";
      }
      // The first request also opened the connection.
      times.push(median(own.slice(1)).toFixed(0));
    }
    rows.push([name, trips, ...times]);
  }
  const signIns: string[] = [];
  for (const delay of DELAYS_MS) {
    proxy.fault = delay;
    const start = performance.now();
    await product.signIn({ at: worker.url });
    signIns.push((performance.now() - start).toFixed(0));
  }
  rows.push(["signing in, once", "3", ...signIns]);
  console.log(`\nMedians of ${rounds} requests, one after the other\n\n${table(rows)}`);
}
