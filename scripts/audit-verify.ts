import { createDatabase } from "../app/db/client.server.ts";
import { type ChainReport, verifyChains } from "./audit/chains.ts";
import { dataFolder } from "./data-folder.ts";
import { runningDatabase, startLocalDatabase } from "./local-database.ts";

const url = process.env.DATABASE_URL ?? (await runningDatabase(dataFolder()));
if (url !== null) {
  report(await verifyChains(createDatabase({ url, authToken: process.env.DATABASE_AUTH_TOKEN })));
} else {
  await using database = await startLocalDatabase({ dataDir: dataFolder() });
  report(await verifyChains(database.db));
}

function report(chains: readonly ChainReport[]) {
  const sum = (of: (chain: ChainReport) => number) => chains.reduce((total, chain) => total + of(chain), 0);
  for (const { id, faults } of chains) for (const fault of faults) console.error(`${id}: ${fault}`);
  const faults = sum((chain) => chain.faults.length);
  const erased = sum((chain) => chain.erased);
  console.log(`${chains.length} chains, ${sum(({ entries }) => entries)} entries, ${erased} erased, ${faults} faults`);
  process.exitCode = faults === 0 ? 0 : 1;
}
