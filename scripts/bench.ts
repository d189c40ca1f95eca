import "./offline.ts";
import path from "node:path";
import { compare } from "./bench/compare.ts";
import { measureDelays } from "./bench/delay.ts";
import { measure } from "./bench/load.ts";
import { loadOf, PAGES, WARM_UP_SECONDS } from "./bench/pages.ts";
import { startProduct } from "./bench/product.ts";
import { profile } from "./bench/profile.ts";
import { compareSizes } from "./bench/scale.ts";
import { measureWrites } from "./bench/writes.ts";
import { build } from "./build.ts";
import { flagsOf } from "./flags.ts";
import { onStop } from "./local-copy.ts";
import { inWords, Mistake } from "./mistake.ts";

const NAMES = PAGES.map(({ name }) => name).join(", ");
const HELP = `npm run bench                      compares pages with a bare page and a hand-written one
  --scale                          compares a small organization with a large one
  --writes                         measures changes from many callers at once
  --delay                          measures pages with the database 20 and 40 ms away
  --profile PAGE                   shows where the time of a page goes: ${NAMES}
  --rounds 7 --seconds 3           number of rounds, and seconds per round`;

const { values: options } = await inWords(async () =>
  flagsOf({
    options: {
      rounds: { type: "string", default: "7" },
      seconds: { type: "string", default: "3" },
      scale: { type: "boolean", default: false },
      writes: { type: "boolean", default: false },
      delay: { type: "boolean", default: false },
      profile: { type: "string" },
      help: { type: "boolean", default: false },
    },
  }),
);
if (options.help) {
  console.log(HELP);
  process.exit();
}
const [rounds, seconds] = await inWords(async () => [above0("rounds"), above0("seconds")] as const);
const profiled = PAGES.find(({ name }) => name === options.profile);
if (options.profile !== undefined && profiled === undefined) {
  console.error(`--profile takes one of ${NAMES}.`);
  process.exit(1);
}

process.env.NODE_ENV ??= "production";
// Started processes end on this process's `exit` event, which a signal alone would not emit.
onStop(async () => {});
if (options.writes) {
  await measureWrites({ seconds });
  process.exit();
}
await build();
if (profiled !== undefined) await record(profiled);
else if (options.delay) await measureDelays({ rounds });
else if (options.scale) await compareSizes({ rounds, seconds });
else await compare({ rounds, seconds });

function above0(name: "rounds" | "seconds"): number {
  const number = Number(options[name]);
  if (number > 0) return number;
  throw new Mistake(`--${name} is “${options[name]}”. It must be a number above 0.`);
}

async function record(page: (typeof PAGES)[number]) {
  await using product = await startProduct({ inspect: true });
  const load = loadOf({ product, page, cookie: await product.signIn(), seconds });
  await measure({ ...load, seconds: WARM_UP_SECONDS });
  const file = path.join(import.meta.dirname, `../build/${page.name}.cpuprofile`);
  const functions = await profile(product.inspectorUrl ?? "", file, () => measure(load));
  for (const { name: costly, share } of functions) console.log(`${(share * 100).toFixed(1).padStart(5)} %  ${costly}`);
  console.log(`\nThe whole profile: ${path.relative(process.cwd(), file)} (Chrome's DevTools open it)`);
}
