import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { startWorkerd, type Workerd } from "../workerd.ts";
import type { Product } from "./product.ts";

const WORKER = path.join(import.meta.dirname, "by-hand/worker.js");

/**
 * Starts a Worker without a framework that responds with the page at `url`: it opens the cookie, sends the statements that the
 * product sends, and writes the results into the page's own HTML. This is the least that such a page can cost.
 */
export async function startByHand({
  product,
  url,
  cookie,
}: {
  product: Product;
  url: string;
  cookie: string;
}): Promise<Workerd> {
  const recorded = await record(product, url, cookie);
  const folder = await mkdtemp(path.join(tmpdir(), "app-by-hand-"));
  try {
    await copyFile(WORKER, path.join(folder, "worker.js"));
    await writeFile(path.join(folder, "recorded.js"), moduleOf(recorded));
    const config = {
      main: "worker.js",
      compatibility_date: "2026-10-01",
      compatibility_flags: ["nodejs_compat"],
      vars: {},
    };
    await writeFile(path.join(folder, "wrangler.json"), JSON.stringify(config));
    const { AUTH_SECRET, DATABASE_URL } = product.vars;
    return await startWorkerd({ folder, vars: { AUTH_SECRET, DATABASE_URL } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Value = { type: string; value?: string };
type Step = { rows: Value[][] } | null;
type Answer = { results: { response: { type: string; result?: { step_results: Step[] } } }[] };
type Recorded = { path: string; sent: string; answer: Answer; html: string };

/** Records a document and the one round trip to the database that it takes. */
async function record(product: Product, url: string, cookie: string): Promise<Recorded> {
  const trips: Omit<Recorded, "html">[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const sent = await text(incoming);
    const onward = await fetch(product.databaseUrl + incoming.url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: sent,
    });
    const answered = await onward.text();
    trips.push({ path: incoming.url ?? "", sent, answer: JSON.parse(answered) });
    outgoing.writeHead(onward.status, { "Content-Type": "application/json" }).end(answered);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await using worker = await product.beside({
      DATABASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    const page = await fetch(worker.url + url, { headers: { cookie } });
    const html = await page.text();
    const [trip] = trips;
    if (page.status !== 200 || trip === undefined) throw new Error(`${url} responded with ${page.status}.`);
    return { ...trip, html };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

type Place = [step: number, row: number, column: number];

function moduleOf({ path, sent, answer, html }: Recorded): string {
  const token = /"value":"([\w-]{32,})"/.exec(sent)?.[1];
  const batch = answer.results.findIndex(({ response }) => response.type === "batch");
  const steps = answer.results[batch]?.response.result?.step_results ?? [];
  const access = steps.findIndex((step) => step !== null && step.rows.length === 1 && (step.rows[0]?.length ?? 0) > 8);
  if (token === undefined || access < 0)
    throw new Error("The batch does not look like one of a page: it does not contain a session.");
  const question = { path, batch, access, headers: { "Content-Type": "application/json" }, body: sent.split(token) };
  return `export const question = ${JSON.stringify(question)};\nexport const pieces = ${JSON.stringify(piecesOf(html, steps))};\n`;
}

/** Splits the document into pieces: text, the place of a value in the rows, or null for the nonce. */
function piecesOf(html: string, steps: Step[]): (string | Place | null)[] {
  const places = new Map<string, Place>();
  for (const [step, result] of steps.entries()) {
    for (const [row, columns] of result?.rows.entries() ?? []) {
      for (const [column, { type, value = "" }] of columns.entries()) {
        if (type === "text" && value.length > 3 && /^[\w .-]+$/.test(value)) places.set(value, [step, row, column]);
      }
    }
  }
  const nonce = /nonce="([^"]+)"/.exec(html)?.[1] ?? "";
  const known = [nonce, ...places.keys()].sort((one, other) => other.length - one.length);
  const found = new RegExp(`(${known.map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`);
  return html.split(found).map((piece) => (piece === nonce ? null : (places.get(piece) ?? piece)));
}
