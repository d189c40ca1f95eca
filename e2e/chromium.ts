import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const CACHE = path.join(import.meta.dirname, "../node_modules/.cache");

/** Launches a packaged Chromium on Linux x64, and elsewhere the installed Chrome. `CHROME_PATH` overrides both. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ ...(await executable()), ...options });
}

async function executable(): Promise<LaunchOptions> {
  const { CHROME_PATH: executablePath } = process.env;
  if (executablePath) return { executablePath };
  if (process.platform !== "linux" || process.arch !== "x64") return { channel: "chrome" };
  const folder = await unpackedChromium();
  return {
    executablePath: path.join(folder, "chromium"),
    // Chromium's sandbox needs user namespaces, which containers do not have. It opens only our own pages.
    args: ["--no-sandbox", "--disable-gpu"],
    env: {
      ...process.env,
      HOME: folder,
      LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  };
}

/** The package unpacks into TMPDIR piece by piece. Our folder is renamed when it is complete, so parallel runs do not collide. */
async function unpackedChromium(): Promise<string> {
  const target = path.join(CACHE, "chromium");
  if (existsSync(target)) return target;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, "chromium-"));
  const script = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
  await promisify(execFile)(process.execPath, ["--eval", script], {
    cwd: path.join(CACHE, "../.."),
    // The package unpacks the libraries that a bare system lacks only if the process seems to run on Lambda.
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  await writeFile(path.join(folder, "fonts.conf"), fontSettings(target));
  await rename(folder, target).catch(() => rm(folder, { recursive: true, force: true }));
  return target;
}

/** Uses the system's fonts if it has some, and the package's only font if it has none. */
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>${folder}/fonts</dir>
<cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>`;
}
