import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { PRODUCT_SLUG } from "#app/product.ts";
import { createDatabase } from "../../app/db/client.server.ts";
import { member, organization } from "../../app/db/schema/organizations.ts";
import { anInvitation, anOrganization, aPerson, aSession } from "../../app/test/builders.ts";
import { type FaultProxy, startFaultProxy } from "../../scripts/fault-proxy.ts";
import { type ServedCopy, startServedCopy } from "../../scripts/served-copy.ts";
import { openBrowser } from "../browser.ts";
import { wordsOf } from "../words.ts";
import { turnOffSomeMail } from "./hands.ts";
import { fromSomewhere, path, requestsOf, takenOver } from "./steps.ts";

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

/** An owner's browser at this copy, in an organization with a member and an open invitation. */
async function aVisitToMembers(options: BrowserContextOptions = {}) {
  const visit = await aVisit(options, true);
  const { pathname } = new URL(visit.page.url());
  const base = pathname.replace(/\/settings$/, "");
  const db = createDatabase({ url: copy.databaseUrl });
  const [found] = await db
    .select()
    .from(organization)
    .where(eq(organization.slug, base.split("/").at(-1) ?? ""));
  if (found === undefined) throw new Error("The organization was made by aVisit.");
  const colleague = await aPerson(db, { name: "Mina Member" });
  const row = { id: crypto.randomUUID(), organizationId: found.id, userId: colleague.id, role: "member" as const };
  await db.insert(member).values(row);
  const { id: invitation } = await anInvitation(db, { organization: found });
  return { ...visit, base, row, invitation, [Symbol.asyncDispose]: visit[Symbol.asyncDispose] };
}

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

type There = Awaited<ReturnType<typeof aVisitToMembers>>;

const button = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true });

const pressed: Record<string, { at: (there: There) => string; press: (page: Page) => Promise<void>; says: string }> = {
  "the role of a member": {
    at: ({ base, row }) => `${base}/members/${row.id}`,
    async press(page) {
      await page.getByLabel("Admin").check();
      await button(page, say("members_role_save")).click();
    },
    says: "members_role_changed",
  },
  "the URL of an organization": {
    at: ({ base }) => `${base}/settings`,
    async press(page) {
      const slug = page.locator("input[name=slug]");
      if (!(await slug.inputValue()).startsWith("moved-")) await slug.fill(`moved-${crypto.randomUUID().slice(0, 8)}`);
      await slug.press("Enter");
    },
    says: "settings_saved",
  },
  "the choice of mails": {
    at: () => "/settings/notifications",
    press: turnOffSomeMail,
    says: "settings_saved",
  },
  "an invitation that is sent again": {
    at: ({ base, invitation }) => `${base}/invitations/${invitation}`,
    press: (page) => button(page, say("invitations_resend")).click(),
    says: "invitations_resent",
  },
};

for (const [what, { at, press, says }] of Object.entries(pressed)) {
  test(`in an outage a form for ${what} leaves its page as it is and says so, and works once the outage is over`, async () => {
    await using there = await aVisitToMembers();
    const { page } = there;
    await page.goto(at(there));
    await takenOver(page);
    await page.evaluate(() => document.body.setAttribute("data-same", ""));
    proxy.fault = "unwell";
    await press(page);
    await page.locator(".toast").getByText(say("refusals_unavailable_form")).waitFor();
    await requestsOf(page).done();
    expect([path(page), await page.locator("body[data-same]").count()]).toEqual([at(there), 1]);
    proxy.fault = "none";
    await press(page);
    await page.locator(".toast").getByText(say(says)).waitFor();
  });
}

test("a link to the page that is shown says that it cannot be read", async () => {
  await using visit = await aVisit();
  const { page } = visit;
  await takenOver(page);
  proxy.fault = "unwell";
  await page.locator("main a[href='/settings/account']").click();
  await page.getByRole("heading", { name: say("errors_unavailable_title") }).waitFor();
});

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

test("without JavaScript a question that was answered in an outage is not asked again when its form is sent again", async () => {
  await using there = await aVisitToMembers({ javaScriptEnabled: false });
  const { page, base, row } = there;
  await page.goto(`${base}/members/remove?member=${row.id}`);
  proxy.fault = "unwell";
  await button(page, say("members_remove_several_confirm")).click();
  await page.getByText(say("errors_unavailable_unsent")).waitFor();
  proxy.fault = "none";
  await button(page, say("errors_try_again")).click();
  await page.waitForURL(`**${base}/members`);
  await page.getByRole("heading", { name: "1 member" }).waitFor();
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
