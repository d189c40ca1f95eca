import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "../e2e/chromium.ts";
import { build } from "./build.ts";
import { DEMO_PASSWORD } from "./seed/demo.ts";
import { startServedCopy } from "./served-copy.ts";

const FOLDER = path.join(import.meta.dirname, "../docs/screenshots");
const LOOKS = [
  { suffix: "", width: 1280, height: 800, colorScheme: "light", locale: "en-US" },
  { suffix: "-dark", width: 1280, height: 800, colorScheme: "dark", locale: "en-US" },
  { suffix: "-arabic", width: 1280, height: 800, colorScheme: "light", locale: "ar" },
  { suffix: "-phone", width: 360, height: 740, colorScheme: "light", locale: "en-US" },
  { suffix: "-phone-dark", width: 360, height: 740, colorScheme: "dark", locale: "en-US" },
] as const;
const PUBLIC_PAGES = { landing: "/", "sign-in": "/login", "sign-up": "/signup" };
const PRIVATE_PAGES = {
  dashboard: "/organizations/acme/dashboard",
  gallery: "/organizations/acme/gallery",
  organizations: "/organizations",
  members: "/organizations/acme/members",
  audit: "/organizations/acme/audit",
  settings: "/organizations/acme/settings",
  notifications: "/notifications",
};

type Look = (typeof LOOKS)[number];

async function shoot(page: Page, pages: Record<string, string>, look: Look): Promise<void> {
  for (const [name, url] of Object.entries(pages)) {
    const response = await page.goto(url, { waitUntil: "networkidle" });
    if (!response?.ok()) throw new Error(`${url} answered ${response?.status()}.`);
    const picture = sharp(await page.screenshot());
    await picture.png({ palette: true, quality: 90 }).toFile(path.join(FOLDER, `${name}${look.suffix}.png`));
    console.log(`docs/screenshots/${name}${look.suffix}.png`);
  }
}

async function shootLook(browser: Browser, baseURL: string, look: Look): Promise<void> {
  const { width, height, ...preferences } = look;
  const context = await browser.newContext({ baseURL, viewport: { width, height }, ...preferences });
  const page = await context.newPage();
  await shoot(page, PUBLIC_PAGES, look);
  await page.goto("/login");
  await page.locator("input[name=email]").fill("owner@acme.test");
  await page.locator("input[name=password]").fill(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/dashboard");
  await shoot(page, PRIVATE_PAGES, look);
  await context.close();
}

await build();
await mkdir(FOLDER, { recursive: true });
await using copy = await startServedCopy({ withDemoData: true });
const browser = await launchChromium();
for (const look of LOOKS) await shootLook(browser, copy.url, look);
await browser.close();
