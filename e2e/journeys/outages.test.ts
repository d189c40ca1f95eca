import { createHmac } from "node:crypto";
import type { BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { PRODUCT_SLUG } from "#app/product.ts";
import { createDatabase } from "../../app/db/client.server.ts";
import { anOrganization, aPerson, aSession } from "../../app/test/builders.ts";
import { type FaultProxy, startFaultProxy } from "../../scripts/fault-proxy.ts";
import { type ServedCopy, startServedCopy } from "../../scripts/served-copy.ts";
import { openBrowser } from "../browser.ts";
import { wordsOf } from "../words.ts";
import { fromSomewhere, takenOver } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

let copy: ServedCopy;
let proxy: FaultProxy;

beforeAll(async () => {
  const throughProxy = async (target: string) => {
    proxy = await startFaultProxy({ target });
    return proxy.url;
  };
  copy = await startServedCopy({ withDemoData: false, throughProxy });
});
afterAll(async () => {
  await copy?.close();
  await proxy?.close();
});

// This copy runs in the process of the test, so its Worker logs to this console.
afterEach(() => {
  vi.spyOn(console, "error").mockClear();
});

/** A signed-in person's browser at this copy, with a filled cookie cache. */
async function aVisit(options: BrowserContextOptions = {}, ofOrganization = false) {
  proxy.fault = "none";
  const db = createDatabase({ url: copy.databaseUrl });
  const person = await aPerson(db, { name: "Ada Example" });
  const { slug } = await anOrganization(db, { members: [{ person, role: "owner" }] });
  const { token } = await aSession(db, person);
  const signature = createHmac("sha256", copy.authSecret).update(token).digest("base64");
  const visit = await browser.visit(fromSomewhere({ baseURL: copy.url, ...options }));
  const value = encodeURIComponent(`${token}.${signature}`);
  await visit.context.addCookies([{ name: `${PRODUCT_SLUG}.session_token`, value, url: copy.url }]);
  await visit.page.goto(ofOrganization ? `/organizations/${slug}/settings` : "/settings/account");
  return visit;
}

test("on a phone the request number on an error page stays on one line", async () => {
  await using visit = await aVisit({ viewport: { width: 360, height: 740 } });
  const { page } = visit;
  proxy.fault = "unwell";
  await page.goto("/settings/account");
  const lines = await page.getByText(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/).evaluate((number) => {
    const range = document.createRange();
    range.selectNodeContents(number);
    return range.getClientRects().length;
  });
  expect(lines).toBe(1);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test("a page that cannot be read says so, and comes back when the database does", async () => {
  await using visit = await aVisit();
  const { page } = visit;
  proxy.fault = "unwell";
  const response = await page.goto("/settings/account");
  expect([response?.status(), response?.headers()["retry-after"]]).toEqual([503, "10"]);
  await page.getByRole("heading", { name: say("errors_unavailable_title") }).waitFor();
  proxy.fault = "none";
  await page.getByRole("link", { name: say("errors_try_again") }).click();
  await page.getByLabel("Name", { exact: true }).waitFor();
});

for (const [whose, ofOrganization] of [
  ["", false],
  [", in an organization", true],
] as const) {
  test(`a form that met an outage keeps what was typed${whose}`, async () => {
    await using visit = await aVisit({}, ofOrganization);
    const { page } = visit;
    await takenOver(page);
    const name = page.getByLabel("Name", { exact: true });
    await name.fill("Ada Renamed");
    proxy.fault = "drop";
    await name.press("Enter");
    await page.getByText(say("refusals_unavailable_form")).first().waitFor();
    expect(await name.inputValue()).toBe("Ada Renamed");
    proxy.fault = "none";
    const saved = page.waitForResponse((response) => response.request().method() === "POST");
    await name.press("Enter");
    await saved;
    await page.reload();
    expect(await name.inputValue()).toBe("Ada Renamed");
  });
}

test("without JavaScript what was typed is sent once more from the page of the error", async () => {
  await using visit = await aVisit({ javaScriptEnabled: false });
  const { page } = visit;
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Ada Without Scripts");
  proxy.fault = "unwell";
  await name.press("Enter");
  await page.getByText(say("errors_unavailable_unsent")).waitFor();
  proxy.fault = "none";
  await page.getByRole("button", { name: say("errors_try_again") }).click();
  await name.waitFor();
  await page.goto("/settings/account");
  expect(await name.inputValue()).toBe("Ada Without Scripts");
});

test("a request that is refused with its body unread does not block the next request", async () => {
  proxy.fault = "none";
  const body = "x".repeat(200_000);
  for (const [url, method, headers, status] of [
    ["/login", "POST", { Origin: "https://evil.test" }, 403],
    ["/healthz", "POST", {}, 405],
    ["/login", "PUT", {}, 405],
    ["/api/auth/sign-in/email", "POST", {}, 415],
    ["/no/such/page", "POST", { "Content-Type": "text/plain" }, 415],
  ] as const) {
    for (let times = 0; times < 3; times += 1) {
      const refused = await fetch(new URL(url, copy.url), { method, headers: { Origin: copy.url, ...headers }, body });
      await refused.text();
      expect([url, refused.status]).toEqual([url, status]);
      expect((await fetch(new URL("/healthz", copy.url))).status, `after ${method} ${url}`).toBe(200);
    }
  }
});

test("a form with the origin of APP_URL is accepted at another host, one of another origin is refused", async () => {
  const { port } = new URL(copy.url);
  const send = (origin: string) =>
    fetch(`http://127.0.0.1:${port}/preferences`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: origin },
      body: new URLSearchParams({ theme: "dark", redirectTo: "/" }),
    });
  expect((await send(copy.url)).status).toBe(303);
  expect((await send("https://evil.test")).status).toBe(403);
});
