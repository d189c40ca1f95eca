import { eq } from "drizzle-orm";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { member } from "../../app/db/schema/organizations.ts";
import { session } from "../../app/db/schema/people.ts";
import { openBrowser } from "../browser.ts";
import { galleryOf, upload } from "../gallery/steps.ts";
import { signIn } from "../people.ts";
import { aSmallPicture } from "../pictures.ts";
import {
  anAddress,
  anOwner,
  dashboardOf,
  fillSignIn,
  fromSomewhere,
  membersOf,
  open,
  PASSWORD,
  path,
  signOut,
  takenOver,
} from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`a wrong password gets 401, and the sixth attempt gets 429 with the time to wait${how}`, async () => {
    const email = anAddress();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.goto("/login");
    if (javaScriptEnabled) await takenOver(page);
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      const answered = page.waitForResponse(
        (response) =>
          /\/login(\.data)?$/.test(new URL(response.url()).pathname) && response.request().method() === "POST",
      );
      await fillSignIn(page, { email, password: `wrong number ${attempt}` });
      const answer = await answered;
      statuses.push(answer.status());
      if (attempt === 6) {
        expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
        await page
          .getByRole("alert")
          .filter({ hasText: /Too many attempts\. Try again in \d+ second/ })
          .waitFor();
      } else {
        await page.getByRole("alert").filter({ hasText: "Incorrect email or password" }).waitFor();
      }
      expect(await page.getByLabel("Email address").inputValue()).toBe(email);
      await expect.poll(() => page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    await page.getByLabel("Email address").fill(anAddress());
    await page.getByLabel("Password", { exact: true }).fill("of somebody else here");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("alert").filter({ hasText: "Too many attempts" }).waitFor();
  });
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`pasted text is never cut: a password of 202 characters and a long name are rejected as too long${how}`, async () => {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    await page.goto("/signup");
    if (javaScriptEnabled) await takenOver(page);
    const [name, password] = [page.locator("input[name=name]"), page.locator("input[name=password]")];
    const paste = async (field: typeof name, text: string) => {
      await field.focus();
      await page.keyboard.insertText(text);
      expect(await field.inputValue()).toBe(text);
    };
    await paste(name, "n".repeat(81));
    await paste(password, "Correct horse ".repeat(15).slice(0, 202));
    await paste(page.locator("input[name=email]"), anAddress());
    if (javaScriptEnabled) {
      await page.getByText("Too long: 81 characters. The limit is 80.").waitFor();
      await page.getByText("Too long: 202 characters. The limit is 128.").waitFor();
    }
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await password.press("Enter");
    expect((await answered).status()).toBe(400);
    await page
      .getByText(/Too long|Use (80|128) characters or fewer/)
      .nth(1)
      .waitFor();
    expect(await name.inputValue()).toBe("n".repeat(81));
  });
}

test("a person signed out in another tab has to sign in at the next click, and then gets the page clicked", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, dashboardOf(organization));
  const other = await context.newPage();
  await open(other, "/organizations");
  await signOut(other, person);
  await page.getByRole("link", { name: "Members" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await fillSignIn(page, person);
  await page.getByRole("heading", { name: "1 member" }).waitFor();
  expect(path(page)).toBe(membersOf(organization));
});

test("the next person who signs in in the same tab is offered only what their own role allows", async () => {
  const { db, person: owner, organization } = await anOwner();
  const { person: next } = await anOwner({ name: "Nina Next" });
  await db.insert(member).values({ id: next.id, organizationId: organization.id, userId: next.id, role: "member" });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, owner);
  await upload(context, organization, [await aSmallPicture("Lake")]);
  await open(page, galleryOf(organization));
  const actions = page.getByRole("button", { name: "Actions for Lake" });
  await actions.click();
  await page.getByRole("button", { name: "Delete" }).waitFor();
  await page.keyboard.press("Escape");
  await db.delete(session).where(eq(session.userId, owner.id));
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await fillSignIn(page, next);
  await page.getByRole("button", { name: "Account of Nina Next" }).waitFor();
  await page.getByRole("link", { name: "Gallery" }).first().click();
  await actions.click();
  await page.getByRole("link", { name: "Download" }).waitFor();
  expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);
});

test("a link from elsewhere never leads off the site after signing in", async () => {
  const { person, organization } = await anOwner();
  await using visit = await browser.visit(fromSomewhere());
  await open(visit.page, `/login?${new URLSearchParams({ redirectTo: "//evil.test/members" })}`);
  await fillSignIn(visit.page, person);
  await visit.page.waitForURL(`**${dashboardOf(organization)}`);
});

test("a person signs in, skips to the content and signs out with only the keyboard", async () => {
  const { person, organization } = await anOwner({ name: "Kim Keys" });
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, "/login");
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to content");
  await page.keyboard.press("Enter");
  await tabTo(page, "email");
  await page.keyboard.type(person.email);
  await tabTo(page, "password");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${dashboardOf(organization)}`);

  await page.reload();
  await takenOver(page);
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to content");
  await page.keyboard.press("Enter");
  expect(await page.locator("main").evaluate((main) => main === document.activeElement)).toBe(true);
  await page.keyboard.press("Tab");
  expect(await page.locator("main").evaluate((main) => main.contains(document.activeElement))).toBe(true);

  await tabTo(page, "Account of Kim Keys", { backwards: true });
  await page.keyboard.press("Enter");
  await tabTo(page, "Sign out");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign out" }).waitFor({ state: "hidden" });
  await tabTo(page, "Account of Kim Keys", { backwards: true });
  await page.keyboard.press("Space");
  await tabTo(page, "Sign out");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

/** The label, field name or text of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.getAttribute("name") ?? element?.textContent ?? "";
  });
}

const MOST_STOPS = 40;

async function tabTo(page: Page, name: string, { backwards = false } = {}) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press(backwards ? "Shift+Tab" : "Tab");
  }
  throw new Error(`The Tab key reaches no "${name}".`);
}
