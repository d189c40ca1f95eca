import { findCatalogFaults, MESSAGES, readCatalogs } from "#app/i18n/catalogs.ts";
import { compileMessages } from "#app/i18n/compile.ts";
import { takeNoWords } from "./nothing-typed.ts";

takeNoWords();
await compileMessages();
const faults = findCatalogFaults(await readCatalogs(MESSAGES));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
