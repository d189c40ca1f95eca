import type { Workerd } from "../workerd.ts";
import { startBarePage } from "./bare-page.ts";
import { startByHand } from "./by-hand.ts";
import { type Load, measure, send } from "./load.ts";
import { startMachines } from "./machines.ts";
import { median, table } from "./numbers.ts";
import { CONNECTIONS, loadOf, PAGES, WARM_UP_SECONDS } from "./pages.ts";
import { type Product, startProduct } from "./product.ts";

type Contestant = { name: string; worker: Workerd; load: Load };
type Part = "worker" | "database";
/** `cost` is the processor time of one document, in milliseconds. */
type Round = { documentsPerSecond: number; cost: Record<Part, number | null> };

/** Measures all pages in turn in each round, so that other work on the machine affects all of them equally. */
export async function compare({ rounds, seconds }: { rounds: number; seconds: number }) {
  await using bare = await startBarePage();
  await using product = await startProduct();
  const idle = await product.memory();
  const cookie = await product.signIn();
  const [dashboard] = PAGES.filter(({ name }) => name === "dashboard");
  const load = loadOf({ product, page: dashboard as (typeof PAGES)[number], cookie, seconds });
  const url = new URL(load.url);
  await using byHand = await startByHand({ product, url: url.pathname, cookie });
  using machines = await startMachines({ product, cookie, seconds });
  const contestants: Contestant[] = [
    { name: "dashboard by hand", worker: byHand, load: { ...load, url: byHand.url + url.pathname } },
    { name: "bare", worker: bare, load: { url: bare.url, headers: {}, connections: CONNECTIONS, seconds } },
    ...PAGES.map((page) => ({
      name: page.name,
      worker: product,
      load: loadOf({ product, page, cookie, seconds }),
    })),
    ...Object.entries(machines.loads).map(([name, load]) => ({ name, worker: product, load })),
  ];
  const results = contestants.map((contestant) => ({ ...contestant, rounds: [] as Round[] }));
  for (const { load } of results) await measure({ ...load, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < rounds; round += 1) {
    for (const result of results) result.rounds.push(await run(result, product));
  }
  const loaded = await product.memory();

  const yardstick = results.find(({ name }) => name === "bare")?.rounds ?? [];
  const rows = [["", "answers/s", "ratio to bare", "lowest", "highest", "Worker ms", "database ms", "kB", "trips"]];
  for (const { name, load, rounds: own } of results) {
    const ratios = own.map(
      ({ documentsPerSecond }, round) => documentsPerSecond / (yardstick[round]?.documentsPerSecond ?? Number.NaN),
    );
    const figures = [median(ratios), Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    const speed = median(own.map(({ documentsPerSecond }) => documentsPerSecond)).toFixed(0);
    const costs = (["worker", "database"] as const).map((part) => medianOf(own, part)?.toFixed(2) ?? "–");
    rows.push([name, speed, ...figures, ...costs, ...(await weigh(load))]);
  }
  console.log(`\nMedians of ${rounds} rounds of ${seconds} s each, ${CONNECTIONS} connections\n\n${table(rows)}`);
  const [hand, own] = ["dashboard by hand", "dashboard"].map((name) =>
    medianOf(results.find((each) => each.name === name)?.rounds ?? [], "worker"),
  );
  if (hand && own) console.log(`\nProcessor time of a dashboard by hand: ${(hand / own).toFixed(2)} of the product's`);
  console.log(`\nMemory of the Worker's process: ${megabytes(idle)} before, ${megabytes(loaded)} after`);
}

function medianOf(rounds: Round[], part: Part): number | null {
  const known = rounds.flatMap(({ cost }) => cost[part] ?? []);
  return known.length === 0 ? null : median(known);
}

/** Measures processor time as well, since it says more than speed if something else runs on the machine. */
async function run({ worker, load }: Contestant, product: Product): Promise<Round> {
  const spent = async () => ({ worker: await worker.processorMs(), database: await product.databaseMs() });
  const before = await spent();
  const { documents, documentsPerSecond } = await measure(load);
  const after = await spent();
  const costOf = (part: Part) =>
    before[part] === null || after[part] === null ? null : (after[part] - before[part]) / documents;
  return { documentsPerSecond, cost: { worker: costOf("worker"), database: costOf("database") } };
}

async function weigh(load: Load): Promise<string[]> {
  const { headers, bytes } = await send(load);
  const trips = /desc="(\d+) trips?"/.exec(String(headers["server-timing"] ?? ""))?.[1] ?? "–";
  return [(bytes / 1000).toFixed(1), trips];
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
