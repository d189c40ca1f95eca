import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { DAY_MS } from "#app/durations.server.ts";
import { auditEntry } from "../../app/db/schema/audit.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { wordsOf } from "../words.ts";
import { anOwner, fromSomewhere, open } from "./steps.ts";

const browser = openBrowser();
const say = wordsOf("en");
const dayFormat = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
/** The text without the isolation marks that `say` puts around the number. */
const span = (days: number) => say("dashboard_span", { days }).replace(/[\u2066-\u2069]/g, "");

/** An organization with two entries of today and three of forty days ago. */
async function aLivelyPlace() {
  const made = await anOwner();
  const now = Date.now();
  const at = [now, now, ...Array(3).fill(now - 40 * DAY_MS)];
  await made.db.insert(auditEntry).values(
    at.map((time) => ({
      id: randomUUID(),
      organizationId: made.organization.id,
      actorId: made.person.id,
      action: "organization.renamed" as const,
      targetId: made.organization.id,
      before: { name: "Before" },
      after: { name: "After" },
      createdAt: new Date(time),
    })),
  );
  return { ...made, home: `/organizations/${made.organization.slug}/dashboard` };
}

test("the plot shows its values by keyboard, by pointer and as a table, and its time span is in the URL", async () => {
  const { person, home } = await aLivelyPlace();
  await using visit = await browser.visit(fromSomewhere({ timezoneId: "UTC" }));
  const { page, context } = visit;
  await signIn(context, person);
  await open(page, home);
  const plot = page.getByRole("slider", { name: say("dashboard_plot_title") });
  const today = `${dayFormat.format(Date.now())}: 2.`;
  await plot.focus();
  await expect.poll(() => plot.getAttribute("aria-valuetext")).toBe(today);
  await page.getByText(today, { exact: true }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => plot.getAttribute("aria-valuenow")).toBe("28");
  expect(await plot.getAttribute("aria-valuetext")).toMatch(/: 0\.$/);
  await page.keyboard.press("Home");
  await expect.poll(() => plot.getAttribute("aria-valuenow")).toBe("0");

  await page.getByRole("link", { name: span(90) }).click();
  await page.waitForURL("**?days=90");
  await expect.poll(() => page.getByRole("row").count()).toBe(90);
  const busy = page.getByRole("row").filter({ has: page.getByRole("cell", { name: "3", exact: true }) });
  await expect.poll(() => busy.count()).toBe(1);
  const box = await plot.boundingBox();
  if (box === null) throw new Error("The plot is not shown.");
  const overToday = async () => {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2);
    return page.getByText(today, { exact: true }).count();
  };
  await expect.poll(overToday).toBe(1);
});

test("an arrow key pressed in the instant in which the plot shows a value moves to the value beside it", async () => {
  const { person, home } = await aLivelyPlace();
  await using visit = await browser.visit(fromSomewhere());
  const { page, context } = visit;
  await signIn(context, person);
  await open(page, home);
  const plot = page.getByRole("slider", { name: say("dashboard_plot_title") });
  await plot.evaluate((slider: HTMLElement) => {
    new MutationObserver((_changes, observer) => {
      observer.disconnect();
      slider.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    }).observe(slider, { childList: true });
    slider.focus();
  });
  await expect.poll(() => plot.getAttribute("aria-valuenow")).toBe("28");
});

test("tiles and lines of activity lead to their pages, with and without JavaScript", async () => {
  const { person, home, organization } = await aLivelyPlace();
  for (const javaScriptEnabled of [true, false]) {
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page, context } = visit;
    await signIn(context, person);
    const from = async (name: string, to: string) => {
      await (javaScriptEnabled ? open(page, home) : page.goto(home));
      await page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
      await page.waitForURL(`**/organizations/${organization.slug}/${to}`);
    };
    await from(say("organizations_figure_no_invitations"), "members");
    await from(say("dashboard_show_all"), "audit");
    await from(span(7), "dashboard?days=7");
    const did = say("organizations_did_rename_organization", { before: "Before", after: "After" });
    await from(did, "settings");
  }
});
