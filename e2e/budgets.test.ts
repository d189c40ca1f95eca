import { expect, inject, test } from "vitest";
import { openBrowser, type Visit } from "./browser.ts";
import { compressedSize } from "./built-files.ts";
import { open, requestsOf } from "./journeys/steps.ts";
import { aWorkplace, signIn } from "./people.ts";

const browser = openBrowser();

/** Bytes, compressed, of what a first visit loads before anybody touches anything. */
const BUDGETS = { login: 150_000, dashboard: 170_000, styles: 20_000 };

test("a first visit to the sign-in page stays small", async () => {
  await using visit = await browser.visit();
  const { scripts, styles } = await weigh(visit, "/login");
  expect(scripts).toBeLessThanOrEqual(BUDGETS.login);
  expect(styles).toBeLessThanOrEqual(BUDGETS.styles);
});

test("a first visit to the dashboard stays small", async () => {
  const { organization, people } = await aWorkplace();
  await using visit = await browser.visit();
  await signIn(visit.context, people.owner);
  const { scripts, styles } = await weigh(visit, `/organizations/${organization.slug}/dashboard`);
  expect(scripts).toBeLessThanOrEqual(BUDGETS.dashboard);
  expect(styles).toBeLessThanOrEqual(BUDGETS.styles);
});

/** Opens the page, waits until nothing more comes, and weighs every script and style of it, preloaded ones too. */
async function weigh({ page }: Visit, address: string) {
  const asked = new Set<string>();
  page.on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === inject("appUrl")) asked.add(pathname);
  });
  const requests = requestsOf(page);
  const response = await open(page, address);
  expect(response?.status()).toBe(200);
  await requests.done();
  expect(new URL(page.url()).pathname).toBe(address);
  const ofType = (end: string) => [...asked].filter((pathname) => pathname.endsWith(end));
  expect(ofType(".js").length).toBeGreaterThan(0);
  expect(ofType(".css").length).toBeGreaterThan(0);
  const scripts = await compressedSize(ofType(".js"));
  const styles = await compressedSize(ofType(".css"));
  console.info(`${address}: ${kilobytes(scripts)} of scripts, ${kilobytes(styles)} of styles`);
  return { scripts, styles };
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
