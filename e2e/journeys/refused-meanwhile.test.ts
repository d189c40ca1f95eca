import type { Page, Request } from "playwright-core";
import { test } from "vitest";
import { rateLimit } from "../../app/db/schema/limits.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");

async function anOwnerOnABadLine() {
  const { db, person } = await anOwner();
  const visit = await browser.visitSlowly(fromSomewhere());
  await signIn(visit.context, person);
  const resetAt = new Date(Date.now() + 10 * 60_000);
  return {
    ...visit,
    async refuseWrites() {
      const full = { count: 10_000, resetAt };
      const row = { key: `change:${person.id}`, ...full };
      await db.insert(rateLimit).values(row).onConflictDoUpdate({ target: rateLimit.key, set: full });
    },
  };
}

async function chooseTheme(page: Page) {
  const button = page.getByRole("button", { name: say("common_theme_dark") });
  if (!(await button.isVisible())) await page.getByRole("button", { name: "Account of Ada Example" }).click();
  await button.click();
}

function asked(request: Request) {
  const { pathname, search } = new URL(request.url());
  return `${request.method()} ${pathname}${search}`;
}

type Loading = {
  at: string;
  loads: RegExp;
  load: (page: Page) => Promise<void>;
  shown: string;
};

const loading: Record<string, Loading> = {
  "a name that was saved": {
    at: "/settings/account",
    loads: /^GET \/settings\/account\.data/,
    async load(page) {
      await page.getByLabel("Name", { exact: true }).fill("Ada Renamed");
      await page.getByLabel("Name", { exact: true }).press("Enter");
    },
    shown: "[aria-label='Account of Ada Renamed']",
  },
  "another part of a list": {
    at: "/notifications",
    loads: /^GET \/notifications\.data\?show=unread/,
    load: (page) => page.getByRole("link", { name: "Unread (0)" }).click(),
    shown: `text=${say("notifications_list_none_title")}`,
  },
};

for (const [what, { at, loads, load, shown }] of Object.entries(loading)) {
  test(`${what} is shown even if a form is refused while it loads`, async () => {
    await using owner = await anOwnerOnABadLine();
    const { page, hold, refuseWrites } = owner;
    await open(page, at);
    const letLoad = hold(loads);
    const isLoading = page.waitForRequest((request) => loads.test(asked(request)));
    await load(page);
    await isLoading;
    await refuseWrites();
    const isRefused = page.waitForResponse((response) => response.status() === 429);
    await chooseTheme(page);
    await isRefused;
    letLoad();
    await page.getByText("Try again in 10 minutes.").first().waitFor();
    await page.locator(shown).first().waitFor();
  });
}
