import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "../e2e/chromium.ts";
import { build } from "./build.ts";
import { DEMO_PASSWORD } from "./seed/demo.ts";
import { startServedCopy } from "./served-copy.ts";

const FOLDER = path.join(import.meta.dirname, "../docs/screenshots");
const LANGUAGES = { "": "en-US", "-arabic": "ar", "-hindi": "hi", "-chinese": "zh" };
const SIZES = { "": { width: 1280, height: 800 }, "-phone": { width: 360, height: 740 } };
const THEMES = { "": "light", "-dark": "dark" } as const;
/** Every page in these; a person's own side in every language, size and theme. */
const EVERYWHERE = ["", "-dark", "-arabic", "-phone", "-phone-dark"];
const LOOKS = Object.entries(LANGUAGES).flatMap(([language, locale]) =>
  Object.entries(SIZES).flatMap(([size, viewport]) =>
    Object.entries(THEMES).map(([theme, colorScheme]) => ({
      suffix: `${language}${size}${theme}`,
      locale,
      viewport,
      colorScheme,
    })),
  ),
);
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
const OWN_PAGES = {
  account: "/settings/account",
  security: "/settings/security",
  appearance: "/settings/appearance",
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

async function shootLook(browser: Browser, { baseURL, signedIn }: Shown, look: Look): Promise<void> {
  const { suffix, ...preferences } = look;
  const isEverything = EVERYWHERE.includes(suffix);
  if (isEverything) {
    const context = await browser.newContext({ baseURL, ...preferences });
    await shoot(await context.newPage(), PUBLIC_PAGES, look);
    await context.close();
  }
  const context = await browser.newContext({ baseURL, storageState: signedIn, ...preferences });
  await shoot(await context.newPage(), { ...(isEverything && PRIVATE_PAGES), ...OWN_PAGES }, look);
  await context.close();
}

type Shown = { baseURL: string; signedIn: Awaited<ReturnType<typeof signIn>> };

/** The cookies of the owner of the demo data, once for all pictures: signing in again and again is limited. */
async function signIn(browser: Browser, baseURL: string) {
  const page = await browser.newPage({ baseURL });
  await page.goto("/login");
  await page.locator("input[name=email]").fill("owner@acme.test");
  await page.locator("input[name=password]").fill(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/dashboard");
  return page.context().storageState();
}

await build();
await mkdir(FOLDER, { recursive: true });
await using copy = await startServedCopy({ withDemoData: true });
const browser = await launchChromium();
const shown = { baseURL: copy.url, signedIn: await signIn(browser, copy.url) };
for (const look of LOOKS) await shootLook(browser, shown, look);
await browser.close();
