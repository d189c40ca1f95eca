import { compile } from "@inlang/paraglide-js";
import { compilerOptions, findCatalogFaults, readCatalogs } from "#app/i18n/catalogs.ts";

await compile(compilerOptions);
const faults = findCatalogFaults(await readCatalogs("app/i18n/messages"));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
