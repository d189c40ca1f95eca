import { findCatalogFaults, MESSAGES, readCatalogs } from "#app/i18n/catalogs.ts";
import { compileMessages } from "#app/i18n/compile.ts";
import { takesNothing } from "./flags.ts";

takesNothing("npm run i18n:compile   compiles the texts in app/i18n/messages");
await compileMessages();
const faults = findCatalogFaults(await readCatalogs(MESSAGES));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
