import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { user } from "../../app/db/schema/people.ts";
import { aPerson, withPassword } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase } from "../people.ts";
import { aPixel } from "../pixel.ts";
import { wordsOf } from "../words.ts";
import { type Hands, keyboard, mouse } from "./hands.ts";
import { anAddress, fromSomewhere, openMail, open as openTakenOver, PASSWORD, requestsOf, takenOver } from "./steps.ts";

const browser = openBrowser();
const NEW_PASSWORD = "eleven loud curlews";
const TELEPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

async function aColleague() {
  const db = e2eDatabase();
  return { db, person: await withPassword(db, await aPerson(db, { name: "Ada Example" }), PASSWORD) };
}

const journeys: { name: string; tag: string; other: string; hands: Hands; javaScriptEnabled?: false }[] = [
  { name: "in English", tag: "en", other: "ar", hands: mouse },
  { name: "in Arabic", tag: "ar", other: "en", hands: mouse },
  { name: "by the keyboard alone", tag: "en", other: "ar", hands: keyboard },
  { name: "without JavaScript", tag: "en", other: "ar", hands: mouse, javaScriptEnabled: false },
];

for (const { name, tag, other, hands, javaScriptEnabled = true } of journeys) {
  test(`a person manages their account, security and appearance, and deletes the account ${name}`, async () => {
    const { db, person } = await aColleague();
    const say = wordsOf(tag);
    const { press, type, choose } = hands;
    const open = javaScriptEnabled ? openTakenOver : (page: Page, url: string) => page.goto(url);
    const options = fromSomewhere({ locale: tag, javaScriptEnabled });
    await using here = await browser.visit(options);
    await using there = await browser.visit({ ...options, userAgent: TELEPHONE });
    const { page } = here;
    const button = (label: string) => page.getByRole("button", { name: label, exact: true });
    const link = (label: string) => page.getByRole("link", { name: label, exact: true });
    await signInAs(page, { email: person.email, password: PASSWORD, say, hands, open });

    // Name and picture.
    await press(page.getByRole("button", { name: say("organizations_user_menu", { name: "Ada Example" }) }));
    await press(link(say("organizations_own_settings")));
    await type(page.getByLabel(say("account_name_label"), { exact: true }), "Ada Renamed");
    await press(button(say("common_save")).first());
    await page.getByRole("button", { name: say("organizations_user_menu", { name: "Ada Renamed" }) }).waitFor();
    const picture = aPixel("me");
    await choose(page.getByLabel(say("profile_avatar_title"), { exact: true }), {
      name: "me.png",
      mimeType: "image/png",
      buffer: Buffer.from(await picture.arrayBuffer()),
    });
    await press(button(say("profile_avatar_save")));
    await button(say("profile_avatar_remove")).waitFor();
    const shown = page.getByRole("button", { name: say("organizations_user_menu", { name: "Ada Renamed" }) });
    await expect.poll(() => shown.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);

    // Email address: requested here, confirmed from the mail; the old address is notified.
    const email = anAddress();
    await press(link(say("profile_email_action")));
    await type(page.getByLabel(say("profile_email_new"), { exact: true }), email);
    await press(button(say("profile_email_send")));
    await page.getByText(say("profile_email_waiting", { email })).waitFor();
    const mail = await openMail(page, email, say("mail_confirm_email_subject"));
    const confirmation = await mail.getByRole("link").filter({ hasText: /./ }).first().getAttribute("href");
    await open(page, confirmation ?? "");
    await press(button(say("account_new_email_action")));
    await page.getByText(say("account_new_email_done_title")).waitFor();
    await openMail(page, person.email, say("mail_email_changed_subject"));

    // Password: the change signs the telephone out.
    await signInAs(there.page, { email, password: PASSWORD, say, hands: mouse, open });
    await open(page, "/settings/security");
    await press(link(say("security_password_change")));
    await type(page.getByLabel(say("security_password_current"), { exact: true }), PASSWORD);
    await type(page.getByLabel(say("security_password_new"), { exact: true }), NEW_PASSWORD);
    await press(button(say("common_save")));
    await page.waitForURL("**/settings/security");
    await there.page.goto("/settings/account");
    await there.page.waitForURL("**/login?**");

    // Sessions: the one on the telephone is ended from here.
    await signInAs(there.page, { email, password: NEW_PASSWORD, say, hands: mouse, open });
    await open(page, "/settings/security");
    await press(page.getByRole("button", { name: /iPhone|iOS/ }));
    await expect.poll(() => page.getByRole("button", { name: /iPhone|iOS/ }).count()).toBe(0);
    await there.page.goto("/settings/account");
    await there.page.waitForURL("**/login?**");

    // Appearance, here and on the telephone.
    await open(page, "/settings/appearance");
    await press(page.getByRole("main").getByRole("button", { name: say("common_theme_dark") }));
    await press(page.getByRole("main").getByRole("button", { name: "Vega" }));
    await press(page.getByRole("main").getByRole("button", { name: "Atkinson" }));
    await expect.poll(() => look(page)).toMatchObject({ theme: "dark", color: "vega", font: "atkinson" });
    const otherName = other === "ar" ? "العربية" : "English";
    await press(page.getByRole("main").getByRole("button", { name: otherName, exact: true }));
    await expect.poll(() => look(page)).toEqual({ lang: other, theme: "dark", color: "vega", font: "atkinson" });
    if (javaScriptEnabled) await takenOver(page);
    const sayNow = wordsOf(other);
    await signInAs(there.page, { email, password: NEW_PASSWORD, say, hands: mouse, open });
    await expect.poll(() => look(there.page)).toEqual({ lang: other, theme: "dark", color: "vega", font: "atkinson" });
    const html = await (await there.context.request.get("/settings/account")).text();
    expect(html).toMatch(
      new RegExp(`<html lang="${other}"[^>]+data-theme="dark" data-color="vega" data-font="atkinson"`),
    );

    // Export of everything, then deletion of the account.
    await open(page, "/settings/account");
    const downloading = page.waitForEvent("download");
    await press(link(sayNow("profile_export_action")));
    const exported = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
    expect(exported.account).toMatchObject([{ name: "Ada Renamed", email, locale: other, theme: "dark" }]);
    await press(link(sayNow("profile_delete_title") + sayNow("common_asks")));
    await type(page.getByLabel(sayNow("profile_delete_label", { email }), { exact: true }), email);
    await press(button(sayNow("profile_delete_confirm")));
    await page.waitForURL("**/login");
    await page.getByText(sayNow("account_deleted")).waitFor();
    expect(await db.$count(user, eq(user.id, person.id))).toBe(0);
  });
}

type SigningIn = {
  email: string;
  password: string;
  say: ReturnType<typeof wordsOf>;
  hands: Hands;
  open: typeof openTakenOver;
};

async function signInAs(page: Page, { email, password, say, hands, open }: SigningIn) {
  await open(page, "/login?redirectTo=/organizations");
  await hands.type(page.getByLabel(say("account_email_label"), { exact: true }), email);
  await hands.type(page.getByLabel(say("account_password_label"), { exact: true }), password);
  await hands.press(page.getByRole("button", { name: say("account_sign_in_action"), exact: true }));
  await page.waitForURL(({ pathname }) => pathname === "/organizations");
}

/** The document's language, theme, colour and font. */
function look(page: Page) {
  return page.evaluate(() => {
    const { lang, dataset } = document.documentElement;
    return { lang, theme: dataset.theme, color: dataset.color, font: dataset.font };
  });
}

test("nothing flashes: a page has the chosen language and look from the first paint on", async () => {
  const { db, person } = await aColleague();
  await db
    .update(user)
    .set({ theme: "dark", color: "luma", font: "inter", locale: "ar" })
    .where(eq(user.id, person.id));
  const options: BrowserContextOptions = { colorScheme: "light", locale: "en-US" };
  await using visit = await browser.visit(fromSomewhere(options));
  const { page } = visit;
  await signInAs(page, {
    email: person.email,
    password: PASSWORD,
    say: wordsOf("en"),
    hands: mouse,
    open: openTakenOver,
  });
  const seen = await page.context().newPage();
  await seen.addInitScript(() => {
    const looks = new Set<string>();
    const note = () => {
      const root = document.documentElement;
      if (document.body) looks.add(`${root.lang} ${root.dataset.theme} ${getComputedStyle(root).backgroundColor}`);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { looks });
  });
  const requests = requestsOf(seen);
  await openTakenOver(seen, "/settings/appearance");
  await requests.done();
  const looks = await seen.evaluate(() => [...(window as unknown as { looks: Set<string> }).looks]);
  expect(looks).toHaveLength(1);
  expect(looks[0]).toMatch(/^ar dark /);
});
