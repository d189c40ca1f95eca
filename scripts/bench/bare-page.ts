import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTool } from "../tools.ts";
import { startWorkerd, type Workerd } from "../workerd.ts";

const SOURCE = path.join(import.meta.dirname, "bare");

/** Starts React Router with only one heading, built with the product's own versions: no page can cost less. */
export async function startBarePage(): Promise<Workerd> {
  const folder = await mkdtemp(path.join(tmpdir(), "app-bare-"));
  try {
    await runTool(["react-router", "build", SOURCE], { env: { NODE_ENV: "production", BARE_BUILD: folder } });
    return await startWorkerd({ folder: path.join(folder, "server") });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(path.join(SOURCE, ".wrangler"), { recursive: true, force: true });
  }
}
