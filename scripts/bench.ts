import "./offline.ts";
import path from "node:path";
import { parseArgs } from "node:util";
import { startBarePage } from "./bench/bare-page.ts";
import { type Load, measure } from "./bench/load.ts";
import { median, table } from "./bench/numbers.ts";
import { startProduct } from "./bench/product.ts";
import { profile } from "./bench/profile.ts";
import { build } from "./build.ts";
import { onStop } from "./local-copy.ts";

const CONNECTIONS = 10;
const WARM_UP_SECONDS = 3;
const PAGES = [
  { name: "login", path: "/login", isPublic: true },
  { name: "dashboard", path: "/organizations/acme/dashboard", isPublic: false },
  { name: "gallery", path: "/organizations/acme/gallery", isPublic: false },
];

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "3" },
    /** A page of the list above: records where its time goes, instead of comparing. */
    profile: { type: "string" },
  },
});
const seconds = Number(options.seconds);

process.env.NODE_ENV ??= "production";
onStop(async () => {});
await build();
if (options.profile === undefined) await compare(Number(options.rounds));
else await record(options.profile);

/** Rounds of all pages one after the other, so that whatever else the machine does falls on all of them alike. */
async function compare(rounds: number) {
  await using bare = await startBarePage();
  await using product = await startProduct();
  const idle = await product.memory();
  const cookie = await product.signIn();
  const loads: [string, Load][] = [
    ["bare", loadOf(bare.url)],
    ...PAGES.map(({ name, path, isPublic }): [string, Load] => [
      name,
      loadOf(product.url + path, isPublic ? "" : cookie),
    ]),
  ];
  for (const [, load] of loads) await measure({ ...load, seconds: WARM_UP_SECONDS });
  const results = new Map<string, number[]>(loads.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, load] of loads) results.get(name)?.push(await measure(load));
  }
  const loaded = await product.memory();

  const bareResults = results.get("bare") ?? [];
  const rows = [["page", "documents/s", "ratio to bare", "lowest", "highest", "kB", "trips"]];
  for (const [name, load] of loads) {
    const found = results.get(name) ?? [];
    const ratios = found.map((value, round) => value / (bareResults[round] ?? Number.NaN));
    const { size, trips } = await inspectDocument(load);
    const figures = [median(ratios), Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
    rows.push([name, median(found).toFixed(0), ...figures, (size / 1000).toFixed(1), trips]);
  }
  console.log(`\nMedians of ${rounds} rounds of ${seconds} s a page, ${CONNECTIONS} connections\n\n${table(rows)}`);
  console.log(`\nMemory of the Worker's process: ${megabytes(idle)} before, ${megabytes(loaded)} after`);
}

async function record(name: string) {
  const page = PAGES.find((known) => known.name === name);
  if (!page) throw new Error(`--profile takes one of ${PAGES.map((known) => known.name).join(", ")}.`);
  await using product = await startProduct({ inspect: true });
  const load = loadOf(product.url + page.path, page.isPublic ? "" : await product.signIn());
  await measure({ ...load, seconds: WARM_UP_SECONDS });
  const file = path.join(import.meta.dirname, `../build/${name}.cpuprofile`);
  const functions = await profile(product.inspectorUrl ?? "", file, () => measure(load));
  for (const { name: costly, share } of functions) console.log(`${(share * 100).toFixed(1).padStart(5)} %  ${costly}`);
  console.log(`\nThe whole profile: ${path.relative(process.cwd(), file)} (Chrome's DevTools open it)`);
}

function loadOf(url: string, cookie = ""): Load {
  return { url, headers: cookie ? { cookie } : {}, connections: CONNECTIONS, seconds };
}

async function inspectDocument({ url, headers }: Load) {
  const response = await fetch(url, { headers });
  const trips = /desc="(\d+) trips?"/.exec(response.headers.get("Server-Timing") ?? "")?.[1] ?? "–";
  return { size: (await response.arrayBuffer()).byteLength, trips };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
