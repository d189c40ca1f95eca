import { expect, inject } from "vitest";
import { features } from "../app/features.ts";
import { TIME_ZONE_COOKIE } from "../app/i18n/time-zone.ts";
import type { Visit } from "./browser.ts";

/** The bytes of a whole page before compression, and its elements, for a browser whose time zone is known. */
export async function documentOf({ page, context }: Visit, address: string) {
  await context.addCookies([{ name: TIME_ZONE_COOKIE, value: "Europe/Berlin", url: inject("appUrl") }]);
  const answered = await context.request.get(address);
  expect(answered.status()).toBe(200);
  const html = await answered.text();
  const elements = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, "text/html").querySelectorAll("*").length,
    html,
  );
  const found = { bytes: Buffer.byteLength(html), elements };
  console.info(`${address}: ${kilobytes(found.bytes)}, ${elements} elements`);
  return found;
}

/** A limit that grows with each domain, so that a product that adds one stays within it. */
export const withDomains = (limit: number, share: number) => limit + share * features.length;

/** The sizes that are over their budget. */
export function excess(found: Record<string, number>, budget: Record<string, number>) {
  return Object.fromEntries(Object.entries(found).filter(([name, size]) => size > (budget[name] ?? 0)));
}

export const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
