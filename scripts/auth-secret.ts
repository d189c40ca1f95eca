import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Makes a secret once per data folder, so that a restart signs nobody out and invitation links stay valid. */
export async function keptSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, "auth-secret");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept) return kept;
  const secret = randomBytes(32).toString("base64url");
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, secret, { mode: 0o600 });
  // The repository ignores `.data`. `DATA_DIR` can name another folder inside it, and nothing of it belongs into a commit.
  await writeFile(path.join(dataDir, ".gitignore"), "*\n");
  return secret;
}
