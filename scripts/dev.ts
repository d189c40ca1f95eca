import "./known-warnings.ts";
import { createServer } from "vite";
import { resourceFolder } from "./data-folder.ts";
import { takesNothing } from "./flags.ts";
import { onStop, printWelcome, startLocalCopy } from "./local-copy.ts";
import { announceLocalWorker } from "./local-worker.ts";
import { inWords } from "./mistake.ts";
import { packedWorker } from "./packed-worker.ts";

takesNothing(`npm run dev   starts the database and the application with demo data and hot reload

PORT sets the port and DATA_DIR the data folder, such as PORT=4000 DATA_DIR=.other npm run dev.`);
process.env.NODE_ENV ??= "development";
// `npm run typecheck` and `npm run generate` write the types of routes, too. If both do at the same time, one of them fails.
process.on("unhandledRejection", (error) => {
  const { code, path } = Object(error);
  if (code !== "ENOTEMPTY" || !String(path).includes(".react-router")) throw error;
});
const copy = await inWords(startLocalCopy);
announceLocalWorker({ config: { vars: copy.vars }, persistState: { path: resourceFolder(copy.dataDir) } });

console.log("Starting the application");
const server = await createServer({
  // Clearing the screen would remove the lines above, which name the port.
  clearScreen: false,
  plugins: [packedWorker()],
  server: { port: copy.port, strictPort: true },
});
onStop(async () => {
  await server.close();
  await copy.database.close();
}, copy.database);
await server.listen();
printWelcome(copy);
