import "./offline.ts";
import path from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./bench/compare.ts";
import { measureDelays } from "./bench/delay.ts";
import { measure } from "./bench/load.ts";
import { loadOf, PAGES, WARM_UP_SECONDS } from "./bench/pages.ts";
import { startProduct } from "./bench/product.ts";
import { profile } from "./bench/profile.ts";
import { compareSizes } from "./bench/scale.ts";
import { measureWrites } from "./bench/writes.ts";
import { build } from "./build.ts";
import { onStop } from "./local-copy.ts";

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "3" },
    /** Compares a small organization with a large one, instead of the product with a bare page. */
    scale: { type: "boolean", default: false },
    /** Sends changes of many callers at once to the database. */
    writes: { type: "boolean", default: false },
    /** Puts the database 20 and 40 ms away. */
    delay: { type: "boolean", default: false },
    /** A page: records where its time goes, instead of comparing. */
    profile: { type: "string" },
  },
});
const seconds = Number(options.seconds);

process.env.NODE_ENV ??= "production";
// What was started ends with this process, which a signal alone would not tell it.
onStop(async () => {});
if (options.writes) {
  await measureWrites({ seconds });
  process.exit();
}
await build();
const rounds = Number(options.rounds);
if (options.profile !== undefined) await record(options.profile);
else if (options.delay) await measureDelays({ rounds });
else if (options.scale) await compareSizes({ rounds, seconds });
else await compare({ rounds, seconds });

async function record(name: string) {
  const page = PAGES.find((known) => known.name === name);
  if (!page) throw new Error(`--profile takes one of ${PAGES.map((known) => known.name).join(", ")}.`);
  await using product = await startProduct({ inspect: true });
  const load = loadOf({ product, page, cookie: await product.signIn(), seconds });
  await measure({ ...load, seconds: WARM_UP_SECONDS });
  const file = path.join(import.meta.dirname, `../build/${name}.cpuprofile`);
  const functions = await profile(product.inspectorUrl ?? "", file, () => measure(load));
  for (const { name: costly, share } of functions) console.log(`${(share * 100).toFixed(1).padStart(5)} %  ${costly}`);
  console.log(`\nThe whole profile: ${path.relative(process.cwd(), file)} (Chrome's DevTools open it)`);
}
