import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, desc, eq, like } from "drizzle-orm";
import type { BrowserContext, BrowserContextOptions, Page, Request } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { mailboxMessage } from "../../app/db/schema/mail.ts";
import { anOrganization, aPerson, withPassword } from "../../app/test/builders.ts";
import { e2eDatabase } from "../people.ts";
import type { Picture } from "../pictures.ts";

export const PASSWORD = "seven quiet herons";

/** Options with a network address of their own, so that one test does not use up the rate limits of another. */
export function fromSomewhere(options: BrowserContextOptions = {}): BrowserContextOptions {
  const address = `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;
  return { ...options, extraHTTPHeaders: { "CF-Connecting-IP": address } };
}

export function anAddress(): string {
  return `${randomUUID()}@person.test`;
}

/** A person who signs in with `PASSWORD` and owns an organization for each name. */
export async function anOwner({ name = "Ada Example", owns = ["Northwind Studio"] } = {}) {
  const db = e2eDatabase();
  const person = await withPassword(db, await aPerson(db, { name }), PASSWORD);
  const organizations = [];
  for (const each of owns) {
    organizations.push(await anOrganization(db, { name: each, members: [{ person, role: "owner" }] }));
  }
  const [first] = organizations;
  if (first === undefined) throw new Error("An owner owns something: name an organization.");
  return { db, person, organizations, organization: first };
}

/**
 * Tracks the page's requests from now on. `done` waits until none is on its way and the page has had several turns to send
 * another one. Use it for what must not happen, or must have happened by then.
 */
export function requestsOf(page: Page) {
  const running = new Set<Request>();
  page.on("request", (request) => running.add(request));
  page.on("requestfinished", (request) => running.delete(request));
  page.on("requestfailed", (request) => running.delete(request));
  const isQuiet = async () => {
    const isDone = running.size === 0;
    await page.evaluate(someTurns);
    return isDone && running.size === 0;
  };
  return { done: () => expect.poll(isQuiet, { interval: 20 }).toBe(true) };
}

/** Lets everything that waits in the page run. It uses no timer, which a test's own clock would stop. */
async function someTurns() {
  for (let turn = 0; turn < 10; turn += 1) {
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
  }
}

/** Does something that shows a message, and looks for the message from the start, since it soon disappears. */
export async function toldOnce(page: Page, text: string, act: () => Promise<void>) {
  await Promise.all([page.getByText(text).waitFor(), act()]);
}

/** Writes the pictures to files and returns their paths. Sending large pictures to the browser would keep it busy for long. */
export async function onDisk(...pictures: Picture[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "app-pictures-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return Promise.all(
    pictures.map(async ({ name, buffer }) => {
      const file = join(folder, name);
      await writeFile(file, buffer);
      return file;
    }),
  );
}

/** Opens a page and waits until its scripts have taken over. */
export async function open(page: Page, url: string) {
  const response = await page.goto(url);
  await takenOver(page);
  return response;
}

/** Waits until the page's scripts have taken over and its effects have run. Until then, the browser itself sends the page's forms. */
export async function takenOver(page: Page) {
  const isHydrated = () =>
    page.locator("main").evaluate((main) => {
      let fiber = Object.entries(main).find(([key]) => key.startsWith("__reactFiber"))?.[1];
      while (fiber?.return) fiber = fiber.return;
      return fiber !== undefined && !fiber.stateNode.current.memoizedState.isDehydrated;
    });
  const isTakenOver = async () => {
    const isAlive = await isHydrated();
    await page.evaluate(someTurns);
    return isAlive;
  };
  await expect.poll(isTakenOver, { interval: 20 }).toBe(true);
}

/** Presses keys at one time by the browser's clock, however late a slow machine handles them: keys that are far apart are no shortcut. */
export async function typeQuickly(page: Page, ...keys: string[]) {
  const devtools = await page.context().newCDPSession(page);
  const timestamp = Date.now() / 1000;
  for (const key of keys) {
    await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", key, text: key, timestamp });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", key, timestamp });
  }
  await devtools.detach();
}

type Credentials = { email: string; password?: string };

export async function fillSignIn(page: Page, { email, password = PASSWORD }: Credentials) {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function fillSignUp(page: Page, { name, email }: { name: string; email: string }) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { name: "Check your email" }).waitFor();
  await page.getByText(email).waitFor();
}

/** Waits for `count` mails to this person, opens the newest in the development mailbox, and returns the frame of its HTML. */
export async function openMail(page: Page, email: string, subject: string, { count = 1 } = {}) {
  const isThis = and(eq(mailboxMessage.recipient, email), like(mailboxMessage.subject, `%${subject}%`));
  const { id, createdAt } = mailboxMessage;
  const mails = () =>
    e2eDatabase().select({ id }).from(mailboxMessage).where(isThis).orderBy(desc(createdAt), desc(id));
  await expect.poll(async () => (await mails()).length, { interval: 20 }).toBe(count);
  const [newest] = await mails();
  await page.goto(`/dev/mailbox?mail=${newest?.id}`);
  return page.getByRole("article").getByTitle(subject).contentFrame();
}

/** Clicks a link in a mail, as a person does, and returns the page that it opens. */
export async function follow(context: BrowserContext, mail: Awaited<ReturnType<typeof openMail>>, link: string) {
  const opened = context.waitForEvent("page");
  await mail.getByRole("link", { name: link }).click();
  const page = await opened;
  await page.waitForLoadState();
  return page;
}

export async function signOut(page: Page, { name }: { name: string }) {
  await page.getByRole("button", { name: `Account of ${name}` }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

/** A figure of the dashboard. */
export function figure(page: Page, label: string) {
  return page.locator(`dt:text-is("${label}") + dd`);
}

export function membersOf({ slug }: { slug: string }): string {
  return `/organizations/${slug}/members`;
}

export function dashboardOf({ slug }: { slug: string }): string {
  return `/organizations/${slug}/dashboard`;
}

export function path(page: Page): string {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}

/**
 * For `addInitScript`. From `holdRendering(true)` to `holdRendering(false)` the page renders only what is urgent, as a slow machine
 * does: React does the rest when a message arrives that it sends to itself.
 */
export function renderOnlyWhenAsked() {
  const { postMessage } = MessagePort.prototype;
  let held: (() => void)[] | null = null;
  MessagePort.prototype.postMessage = function (...message: unknown[]) {
    const send = () => Reflect.apply(postMessage, this, message);
    if (held === null) send();
    else held.push(send);
  };
  window.holdRendering = (isHeld) => {
    const waiting = held ?? [];
    held = isHeld ? [] : null;
    for (const send of waiting) send();
  };
}

declare global {
  interface Window {
    holdRendering?: (isHeld: boolean) => void;
  }
}
