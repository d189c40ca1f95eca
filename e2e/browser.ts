import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, inject } from "vitest";
import { launchChromium } from "./chromium.ts";
import { STEP_LIMIT_MS } from "./patience.ts";

export type Visit = { page: Page; context: BrowserContext; [Symbol.asyncDispose]: () => Promise<void> };

// One for all files that a worker runs; it ends with the worker's process.
let launched: Promise<Browser> | undefined;

/**
 * A browser for the tests of this file. `visit()` is one person's fresh browser at the built Worker; with
 * `javaScriptEnabled: false` it runs no script. A visit whose page logged an error rejects when it ends.
 */
export function openBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    launched ??= launchChromium();
    browser = await launched;
  });

  return {
    async visit(options: BrowserContextOptions = {}): Promise<Visit> {
      const context = await browser.newContext({ baseURL: inject("appUrl"), locale: "en-US", ...options });
      context.setDefaultTimeout(STEP_LIMIT_MS);
      const faults = collectFaults(context);
      const page = await context.newPage();
      const end = async () => {
        await context.close();
        if (faults.length) throw new Error(`The page logged errors:\n${faults.join("\n")}`);
      };
      return { page, context, [Symbol.asyncDispose]: end };
    },
  };
}

function collectFaults(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    // An answer of 4xx is what many tests ask for; scripts that fail and refusals of the CSP are not.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) faults.push(message.text());
  });
  return faults;
}
