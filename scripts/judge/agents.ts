import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createDatabase } from "../../app/db/client.server.ts";
import { aKey, anOrganization } from "../../app/test/builders.ts";
import { build } from "../build.ts";
import { startServedCopy } from "../served-copy.ts";
import { runTool } from "../tools.ts";
import { startConformanceServer } from "./agents/server.ts";

const REVISIONS = ["2025-11-25", "2026-07-28"];
const EXPECTED = path.join(import.meta.dirname, "agents/expected-failures.yaml");

/** Checks `/mcp` of the built Worker against each revision of the Model Context Protocol. Rejects on any unexpected result. */
export async function judgeAgents(): Promise<void> {
  await build();
  await using copy = await startServedCopy({ withDemoData: false });
  const db = createDatabase({ url: copy.databaseUrl });
  const { secret } = await aKey(db, { organizationId: (await anOrganization(db)).id });
  await using server = await startConformanceServer({ appUrl: copy.url, secret });
  const results = await mkdtemp(path.join(tmpdir(), "app-conformance-"));
  await using _removed = { [Symbol.asyncDispose]: () => rm(results, { recursive: true }) };
  for (const revision of REVISIONS) {
    const asked = ["--url", server.url, "--requirements", revision, "--expected-failures", EXPECTED];
    await runTool(["conformance", "server", ...asked, "--output-dir", results], { isShown: true });
  }
}
