import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

const CACHE = path.join(import.meta.dirname, "../node_modules/.cache");

/** Chromium without anything installed on Linux x64; elsewhere the Chrome that is there. `CHROME_PATH` wins over both. */
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
    // Containers give no user namespaces, which Chromium's sandbox needs. It opens our own pages only.
    args: ["--no-sandbox", "--disable-gpu"],
    env: {
      ...process.env,
      HOME: folder,
      LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
      FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
    },
  };
}

/** The package unpacks itself into TMPDIR, piece by piece; ours appears whole, so two runs at once do not meet. */
async function unpackedChromium(): Promise<string> {
  const target = path.join(CACHE, "chromium");
  if (existsSync(target)) return target;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(path.join(CACHE, "chromium-"));
  const script = 'import("@sparticuz/chromium").then(({ default: chromium }) => chromium.executablePath())';
  await promisify(execFile)(process.execPath, ["--eval", script], {
    cwd: path.join(CACHE, "../.."),
    // The libraries which a bare system lacks are unpacked only for what calls itself Lambda.
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
  await writeFile(path.join(folder, "fonts.conf"), fontSettings(target));
  await rename(folder, target).catch(() => rm(folder, { recursive: true, force: true }));
  return target;
}

/** The system's fonts when it has some, and the package's one face when it has none. */
function fontSettings(folder: string): string {
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>${folder}/fonts</dir>
<cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>`;
}
