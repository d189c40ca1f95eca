import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { beforeAll, inject } from "vitest";
import { launchChromium } from "./chromium.ts";
import { STEP_LIMIT_MS } from "./patience.ts";
import { type SlowNetwork, startSlowNetwork } from "./slow-network.ts";

export type Visit = { page: Page; context: BrowserContext; [Symbol.asyncDispose]: () => Promise<void> };

export type SlowVisit = Visit & SlowNetwork;

// One browser for all files that a worker runs. It ends with the worker's process.
let launched: Promise<Browser> | undefined;

/**
 * Opens a browser for the tests of a file. `visit()` makes a new browser context at the built Worker; with
 * `javaScriptEnabled: false` it runs no scripts. `visitSlowly()` does the same through a proxy that can hold back or lose requests.
 * A visit rejects at its end if the page logged an error.
 */
export function openBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    launched ??= launchChromium();
    browser = await launched;
  });

  async function visit(options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await browser.newContext({ baseURL: inject("appUrl"), locale: "en-US", ...options });
    context.setDefaultTimeout(STEP_LIMIT_MS);
    const faults = collectFaults(context);
    const missing = collectMissing(context);
    const page = await context.newPage();
    const end = async () => {
      await context.close();
      if (faults.length) throw new Error(`The page logged errors:\n${[...faults, ...missing].join("\n")}`);
    };
    return { page, context, [Symbol.asyncDispose]: end };
  }

  async function visitSlowly(options: BrowserContextOptions = {}): Promise<SlowVisit> {
    const network = await startSlowNetwork();
    const slowly = await visit({ ...options, proxy: { server: network.url } });
    const end = async () => {
      await slowly[Symbol.asyncDispose]().finally(network.close);
    };
    return { ...slowly, ...network, [Symbol.asyncDispose]: end };
  }

  return { visit, visitSlowly };
}

function collectFaults(context: BrowserContext): string[] {
  const faults: string[] = [];
  context.on("weberror", (error) => faults.push(String(error.error())));
  context.on("console", (message) => {
    // Many tests expect 4xx responses, but none expects scripts that fail or that the CSP refuses.
    const isAnswer = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isAnswer) faults.push(message.text());
  });
  return faults;
}

/** The scripts that did not arrive, and why: an error in the console does not say it. */
function collectMissing(context: BrowserContext): string[] {
  const missing: string[] = [];
  context.on("requestfailed", (request) => {
    if (request.resourceType() === "script") missing.push(`${request.url()}: ${request.failure()?.errorText}`);
  });
  context.on("response", (response) => {
    if (response.request().resourceType() === "script" && !response.ok())
      missing.push(`${response.url()}: ${response.status()}`);
  });
  return missing;
}
