import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "../e2e/chromium.ts";
import { build } from "./build.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { takesNothing } from "./flags.ts";
import { DEMO_PASSWORD } from "./seed/demo.ts";
import { startServedCopy } from "./served-copy.ts";

const FOLDER = path.join(import.meta.dirname, "../docs/screenshots");
const LANGUAGES = { "": "en-US", "-arabic": "ar", "-hindi": "hi", "-chinese": "zh" };
const SIZES = { "": { width: 1280, height: 800 }, "-phone": { width: 360, height: 740 } };
const THEMES = { "": "light", "-dark": "dark" } as const;
/** The looks in which every page is taken; a person's own settings are taken in every language, size and theme. */
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
  "notification-settings": "/settings/notifications",
};

type Look = (typeof LOOKS)[number];

async function shoot(page: Page, pages: Record<string, string>, look: Look): Promise<void> {
  for (const [name, url] of Object.entries(pages)) {
    const response = await page.goto(url, { waitUntil: "networkidle" });
    if (!response?.ok()) throw new Error(`${url} responded with ${response?.status()}.`);
    await keepPicture(page, `${name}${look.suffix}`);
  }
}

async function keepPicture(page: Page, name: string): Promise<void> {
  const picture = sharp(await page.screenshot());
  await picture.png({ palette: true, quality: 90 }).toFile(path.join(FOLDER, `${name}.png`));
  console.log(`docs/screenshots/${name}.png`);
}

/** Rejects if the machine has no font for the language's script, since the pictures would show boxes instead of letters. */
async function requireFont(page: Page, locale: string): Promise<void> {
  const [letter = ""] = new Intl.DisplayNames(locale, { type: "language" }).of(locale) ?? "";
  const isDrawn = await page.evaluate((letter) => {
    const drawing = (text: string) => {
      const pen = document.createElement("canvas").getContext("2d");
      pen?.fillText(text, 9, 9);
      return pen?.canvas.toDataURL();
    };
    return drawing(letter) !== drawing("\u{10FFFD}");
  }, letter);
  if (!isDrawn) throw new Error(`This machine has no font for ${locale}: it would draw boxes instead of letters.`);
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
  const page = await context.newPage();
  await requireFont(page, preferences.locale);
  await shoot(page, { ...(isEverything && PRIVATE_PAGES), ...OWN_PAGES }, look);
  await context.close();
}

async function shootEverything(browser: Browser): Promise<void> {
  await using copy = await startServedCopy({ withDemoData: true });
  const shown = { baseURL: copy.url, signedIn: await signIn(browser, copy.url) };
  for (const look of LOOKS) await shootLook(browser, shown, look);
}

type Shown = { baseURL: string; signedIn: Awaited<ReturnType<typeof signIn>> };

/** Signs in as the owner of the demo data, only once for all pictures, since sign-ins are rate-limited. */
async function signIn(browser: Browser, baseURL: string) {
  const page = await browser.newPage({ baseURL });
  await page.goto("/login");
  await page.locator("input[name=email]").fill("owner@acme.test");
  await page.locator("input[name=password]").fill(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/dashboard");
  return page.context().storageState();
}

type Fault = { url: string; does: (page: Page, database: FaultProxy) => Promise<unknown> };

/** What a person sees when a part fails or is slow. */
const FAULTS: Record<string, Fault> = {
  "database-hangs": {
    url: "/organizations/acme/dashboard",
    does: async (page, database) => {
      database.fault = "hang";
      await page.goto("/organizations/acme/members");
    },
  },
  "database-slow": {
    url: "/organizations/acme/dashboard",
    does: async (page, database) => {
      database.fault = 5_000;
      await page.locator("#shell-drawer a[href$='/members']").click();
      await page.locator(".loading-bar").waitFor();
    },
  },
  "database-gone-under-a-form": {
    url: "/settings/account",
    does: async (page, database) => {
      database.fault = "drop";
      await page.locator("input[name=name]").fill("Ada Renamed");
      await page.keyboard.press("Enter");
      await page.locator("main [role=alert]").first().waitFor();
    },
  },
  "storage-unreachable": {
    url: "/organizations/acme/gallery",
    does: async (page) => {
      const red = { create: { width: 600, height: 400, channels: 3, background: "#c33" } } as const;
      const buffer = await sharp(red).png().toBuffer();
      const file = { name: "harbour.png", mimeType: "image/png", buffer };
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await page.locator("input[type=file]").first().setInputFiles(file);
      await answered;
    },
  },
  "processor-throttled": {
    url: "/login",
    does: async (page) => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: 20 });
      await page.goto("/organizations/acme/dashboard", { waitUntil: "commit" });
      await page.locator("main").waitFor();
      await page.keyboard.press("ControlOrMeta+K");
      await page.keyboard.type("mem");
      await page.getByRole("combobox").waitFor();
    },
  },
};

/** A storage without a server. */
const NO_STORAGE = {
  S3_ENDPOINT: "http://127.0.0.1:9",
  S3_BUCKET: "none",
  S3_ACCESS_KEY_ID: "none",
  S3_SECRET_ACCESS_KEY: "none",
};

async function shootFaults(browser: Browser): Promise<void> {
  let database: FaultProxy | undefined;
  const throughProxy = async (target: string) => {
    database = await startFaultProxy({ target });
    return database.url;
  };
  await using copy = await startServedCopy({ withDemoData: true, more: NO_STORAGE, throughProxy });
  if (database === undefined) throw new Error("The served copy does not reach its database through the proxy.");
  await using proxy: FaultProxy = database;
  const storageState = await signIn(browser, copy.url);
  for (const [name, { url, does }] of Object.entries(FAULTS)) {
    proxy.fault = "none";
    const context = await browser.newContext({ baseURL: copy.url, storageState, viewport: SIZES[""] });
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "networkidle" });
    await does(page, proxy);
    await keepPicture(page, `faults/${name}`);
    await context.close();
  }
}

takesNothing("npm run screenshots   takes the pictures in docs/screenshots again");
await build();
await mkdir(path.join(FOLDER, "faults"), { recursive: true });
const browser = await launchChromium();
await shootFaults(browser);
await shootEverything(browser);
await browser.close();
