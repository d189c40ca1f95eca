import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { openBrowser, type Visit } from "../browser.ts";
import { aWorkplace, signIn } from "../people.ts";
import { anAddress, anOwner, fromSomewhere, membersOf, open, renderOnlyWhenAsked, toldOnce } from "./steps.ts";

const browser = openBrowser();

type Place = { at: string; told: string; act: () => Promise<void> };

const places: Record<string, (page: Page, slug: string) => Place> = {
  "the members' page": (page, slug) => ({
    at: membersOf({ slug }),
    told: "Invitation sent",
    async act() {
      await page.getByLabel("Email address").fill(anAddress());
      await page.getByRole("button", { name: "Send invitation" }).click();
    },
  }),
  "an organization's settings": (page, slug) => ({
    at: `/organizations/${slug}/settings`,
    told: "Settings saved",
    async act() {
      await page.getByLabel("Name").fill("Northwind & Daughters");
      await page.getByRole("button", { name: "Save", exact: true }).first().click();
    },
  }),
  "a person's account": (page) => ({
    at: "/settings/account",
    told: "Settings saved",
    async act() {
      await page.getByLabel("Name").fill("Ada Renamed");
      await page.getByRole("button", { name: "Save", exact: true }).first().click();
    },
  }),
};

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 360, height: 640 },
]) {
  for (const [where, placed] of Object.entries(places)) {
    test(`the controls of ${where} can be scrolled out from under a message, ${viewport.width} pixels wide`, async () => {
      const { person, organization } = await anOwner();
      await using visit = await browser.visit(fromSomewhere({ viewport }));
      const { context, page } = visit;
      await signIn(context, person);
      const { at, told, act } = placed(page, organization.slug);
      await open(page, at);
      // Measured in the page, since a message disappears by itself.
      const [room] = await Promise.all([page.waitForFunction(roomAtTheEnd), toldOnce(page, told, act)]);
      expect(await room.jsonValue()).toBeGreaterThan(0);
    });
  }
}

/** An owner sees the members, and has neither invitations nor changes of roles left. */
async function withoutAttempts({ context, page }: Visit) {
  const { db, people, organization } = await aWorkplace();
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  await db.insert(rateLimit).values([
    { key: `invite:${organization.id}`, count: 10_000, resetAt: inMinutes(10) },
    { key: `invites:${people.owner.id}`, count: 10_000, resetAt: inMinutes(10) },
    { key: `roles:${people.owner.id}:${organization.id}`, count: 10_000, resetAt: inMinutes(20) },
  ]);
  await signIn(context, people.owner);
  await open(page, membersOf(organization));
  return {
    invite: async () => {
      await page.getByLabel("Email address").fill(anAddress());
      await page.getByRole("button", { name: "Send invitation" }).click();
    },
    inForm: page.getByRole("alert").getByText("Try again in 10 minutes."),
    makeAdmin: async () => {
      await page.getByRole("button", { name: `Actions for ${people.member.name}` }).click();
      await page.getByRole("button", { name: "Make admin" }).click();
    },
    inMessage: page.locator(".toast").getByText("Try again in 20 minutes."),
  };
}

test("a refusal is shown once: in its form if that is on the screen, otherwise in a message", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { invite, inForm, makeAdmin, inMessage } = await withoutAttempts(visit);
  await invite();
  await inForm.waitFor();
  // A message about it would appear before the message of a later press.
  await makeAdmin();
  await inMessage.waitFor();
  expect(await visit.page.getByText("Try again in 10 minutes.").count()).toBe(1);
});

test("a refusal in a form is no message as well, even if the page renders only after the response", async () => {
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await context.addInitScript(renderOnlyWhenAsked);
  const { invite, inForm, makeAdmin, inMessage } = await withoutAttempts(visit);
  await makeAdmin();
  await inMessage.waitFor();
  await page.evaluate(() => window.holdRendering?.(true));
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await invite();
  await answered;
  const isIdle = () => window.__reactRouterDataRouter?.state.navigation.state === "idle";
  await expect.poll(() => page.evaluate(isIdle), { interval: 20 }).toBe(true);
  await page.evaluate(() => window.holdRendering?.(false));
  await inForm.waitFor();
  expect(await page.getByText("Try again in 10 minutes.").count()).toBe(1);
});

test("a refusal of a field that is mended at once is no message, even if the code for messages loads late", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, membersOf(organization));
  const { promise: isMended, resolve: letLoad } = Promise.withResolvers<void>();
  await page.route(/toaster-view/, (route) => isMended.then(() => route.continue()));
  const email = page.getByLabel("Email address");
  await email.fill("nobody");
  await page.getByRole("button", { name: "Send invitation" }).click();
  const refused = page.getByText("Enter a valid email address");
  await refused.and(page.locator("form *")).waitFor();
  await email.fill(anAddress());
  await refused.and(page.locator("form *")).waitFor({ state: "detached" });
  letLoad();
  // A message about it would appear before the message of a later press.
  await toldOnce(page, "Invitation sent", () => page.getByRole("button", { name: "Send invitation" }).click());
  expect(await refused.count()).toBe(0);
});

test("a choice of the appearance that is refused says why", async () => {
  const { db, people } = await aWorkplace();
  const resetAt = new Date(Date.now() + 10 * 60_000);
  await db.insert(rateLimit).values({ key: `change:${people.owner.id}`, count: 10_000, resetAt });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, people.owner);
  await open(page, "/settings/appearance");
  await page.getByRole("main").getByRole("button", { name: "Dark" }).click();
  await page.locator(".toast").getByText("Try again in 10 minutes.").waitFor();
});

test("messages whose code loads late are all shown when it has loaded, for the usual time, and move nothing", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visitSlowly(fromSomewhere());
  const { context, page, hold } = visit;
  await signIn(context, person);
  await open(page, `/organizations/${organization.slug}/settings`);
  const release = hold(/^GET \/assets\/toaster-view/);
  const asked = page.waitForRequest(/toaster-view/);
  const save = page.getByRole("button", { name: "Save", exact: true }).first();
  await page.getByLabel("Name").first().fill("Northwind & Daughters");
  await save.click();
  await asked;
  await page.getByRole("link", { name: "Northwind & Daughters" }).first().waitFor();
  await page.getByLabel("Name").first().fill("Northwind & Sons");
  const [second] = await Promise.all([page.waitForResponse(isSaved), save.click()]);
  expect(second.ok()).toBe(true);
  // The new name moves what stands beside it, and has to be drawn before anything else that moves is counted.
  await page.getByRole("link", { name: "Northwind & Sons" }).first().waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await page.locator(".toast").count()).toBe(0);
  await page.evaluate(watchMessages);
  release();
  await page.waitForFunction(() => window.messages?.some(({ shownMs }) => shownMs !== undefined));
  const seen = await page.evaluate(() => ({ messages: window.messages ?? [], moved: window.moved }));
  expect(seen.messages.map(({ words }) => words)).toEqual(["Settings saved", "Settings saved"]);
  expect(seen.moved).toEqual([]);
  expect(
    seen.messages.map(({ isInDrawnRegion }) => isInDrawnRegion),
    "what a screen reader listens to",
  ).toEqual([true, true]);
  expect(Math.min(...seen.messages.flatMap(({ shownMs = [] }) => shownMs))).toBeGreaterThan(3_500);
});

const isSaved = (response: { request(): { method(): string }; url(): string }) =>
  response.request().method() === "POST" && response.url().includes("/settings");

declare global {
  interface Window {
    messages?: { words: string; from: number; isInDrawnRegion: boolean; shownMs?: number }[];
    moved?: string[];
  }
}

/** Records each message with how long it was shown, and the layout shifts of the page until one leaves. */
function watchMessages() {
  const messages: NonNullable<Window["messages"]> = [];
  const moved: string[] = [];
  Object.assign(window, { messages, moved });
  const note = (entries: PerformanceEntryList) => moved.push(...entries.map((entry) => JSON.stringify(entry)));
  const known = new Map<Element, (typeof messages)[number]>();
  let frame = 0;
  const count = () => {
    frame += 1;
    requestAnimationFrame(count);
  };
  count();
  const cameIn = new Map<Element, number>();
  new MutationObserver(() => {
    for (const region of document.querySelectorAll("section[aria-live]"))
      if (!cameIn.has(region)) cameIn.set(region, frame);
    for (const toast of document.querySelectorAll<HTMLElement>(".toast")) {
      const region = toast.closest("section[aria-live]");
      const isInDrawnRegion = region !== null && (cameIn.get(region) ?? frame) < frame;
      const message = known.get(toast) ?? { words: toast.textContent, from: performance.now(), isInDrawnRegion };
      if (!known.has(toast)) messages.push(message);
      known.set(toast, message);
      if (toast.dataset.removed !== "true") continue;
      message.shownMs ??= performance.now() - message.from;
      // Messages that leave together move each other.
      note(shifts.takeRecords());
      shifts.disconnect();
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
  const shifts = new PerformanceObserver((list) => note(list.getEntries()));
  shifts.observe({ type: "layout-shift" });
}

/** The pixels between the last control and the message, once it has slid in and the page is scrolled. False until then. */
function roomAtTheEnd() {
  const message = document.querySelector<HTMLElement>(".toast[data-mounted=true]");
  const list = message?.closest("ol");
  if (!message || !list) return false;
  window.scrollTo(0, document.documentElement.scrollHeight);
  const controls = [...document.querySelectorAll("main :is(a, button, input, select)")];
  const ends = controls.filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect().bottom);
  const below = Number.parseFloat(getComputedStyle(list).bottom);
  return window.innerHeight - below - message.offsetHeight - Math.max(...ends);
}
