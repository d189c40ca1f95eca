import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { startWorkerd, type Workerd } from "../workerd.ts";

const SOURCE = path.join(import.meta.dirname, "bare");
const REACT_ROUTER = path.join(import.meta.dirname, "../../node_modules/.bin/react-router");

/** React Router with one heading and nothing else, built with the product's own versions: what a page cannot cost less than. */
export async function startBarePage(): Promise<Workerd> {
  const folder = await mkdtemp(path.join(tmpdir(), "tenantry-bare-"));
  try {
    const env = { ...process.env, NODE_ENV: "production", BARE_BUILD: folder };
    await promisify(execFile)(REACT_ROUTER, ["build", SOURCE], { env });
    return await startWorkerd({ folder: path.join(folder, "server") });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(path.join(SOURCE, ".wrangler"), { recursive: true, force: true });
  }
}
