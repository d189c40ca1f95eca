import { CHAIN_ENDS_PREFIX, copiedChainEnds } from "../app/audit/chain-ends.server.ts";
import { createDatabase } from "../app/db/client.server.ts";
import { within } from "../app/storage/storage.ts";
import { type ChainReport, verifyChains } from "./audit/chains.ts";
import { openCopies } from "./audit/copies.ts";
import { dataFolder } from "./data-folder.ts";
import { takesNothing } from "./flags.ts";
import { runningDatabase, startLocalDatabase } from "./local-database.ts";

takesNothing(`npm run audit:verify   checks the chains of audit entries; exits with 1 if an entry was changed or is missing

Set DATABASE_URL and DATABASE_AUTH_TOKEN to check that database instead of the one in .data. See docs/deploy.md for what it compares.`);

const dataDir = dataFolder();
await using copies = await openCopies(process.env, dataDir);
// Read before the database, so that no copy is newer than the chain that it is compared with.
const copied = copies && (await copiedChainEnds(within(copies.storage, CHAIN_ENDS_PREFIX)));
const { ends, faults } = copied ?? { ends: [], faults: [] };

const url = process.env.DATABASE_URL ?? (await runningDatabase(dataDir));
if (url !== null) {
  const db = createDatabase({ url, authToken: process.env.DATABASE_AUTH_TOKEN });
  report(await verifyChains(db, { copies: ends }));
} else {
  await using database = await startLocalDatabase({ dataDir });
  report(await verifyChains(database.db, { copies: ends }));
}

function report(chains: readonly ChainReport[]) {
  const sum = (of: (chain: ChainReport) => number) => chains.reduce((total, chain) => total + of(chain), 0);
  for (const fault of faults) console.error(fault);
  for (const { id, faults } of chains) for (const fault of faults) console.error(`${id}: ${fault}`);
  const gone = chains.filter(({ isGone }) => isGone).length;
  const days = new Set(ends.map(({ day }) => day)).size;
  console.log(
    copied === null
      ? "not compared with the stored copies of the chains' ends: set S3_ENDPOINT, S3_BUCKET and their keys (docs/deploy.md)"
      : `compared with ${ends.length} copies of ${days} days; ${gone} of their chains were deleted with their organization or account`,
  );
  const all = faults.length + sum((chain) => chain.faults.length);
  const [entries, deliveries, erased, unsealed] = [
    sum((each) => each.entries),
    sum((each) => each.deliveries),
    sum((each) => each.erased),
    sum((each) => each.unsealed),
  ];
  console.log(`compared with ${deliveries} webhook deliveries`);
  console.log(
    `${chains.length - gone} chains, ${entries} entries, ${erased} erased, ${unsealed} not yet sealed, ${all} faults`,
  );
  process.exitCode = all === 0 ? 0 : 1;
}
