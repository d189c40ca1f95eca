import { spawn } from "node:child_process";
import path from "node:path";
import { build } from "./build.ts";
import { resourceFolder } from "./data-folder.ts";
import { takesNothing } from "./flags.ts";
import { onStop, printWelcome, startLocalCopy } from "./local-copy.ts";
import { inWords } from "./mistake.ts";
import { portAsked } from "./port.ts";

const root = path.join(import.meta.dirname, "..");

takesNothing(`npm run preview   builds the Worker and runs it with a database and demo data

PORT sets the port and DATA_DIR the data folder, such as PORT=4000 DATA_DIR=.other npm run preview.`);
await inWords(async () => portAsked(0));
await build();
const copy = await inWords(startLocalCopy);
const vars = Object.entries(copy.vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
const wrangler = spawn(
  path.join(root, "node_modules/.bin/wrangler"),
  [
    "dev",
    ...["--config", "build/server/wrangler.json", "--ip", "localhost", "--port", String(copy.port)],
    ...["--persist-to", resourceFolder(copy.dataDir), "--show-interactive-dev-session=false"],
    ...vars,
  ],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
const ended = new Promise<void>((resolve) => wrangler.once("exit", () => resolve()));
onStop(async () => {
  wrangler.kill("SIGTERM");
  await ended;
  await copy.database.close();
}, copy.database);
wrangler.once("exit", (code) => {
  copy.database.close().then(() => process.exit(process.exitCode ?? code ?? 0));
});
await waitUntilUp(copy.url);
printWelcome(copy);

async function waitUntilUp(url: string): Promise<void> {
  for (;;) {
    const up = await fetch(url, { redirect: "manual" }).catch(() => null);
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
