import { expect, test } from "vitest";
import { notification } from "../../app/db/schema/notifications.ts";
import { openBrowser } from "../browser.ts";
import { signIn } from "../people.ts";
import { anOwner, fromSomewhere, open, path } from "./steps.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(`a person reads notifications by day, looks at the unread ones alone, and marks them as read${javaScriptEnabled ? "" : ", without JavaScript"}`, async () => {
    const { db, person, organization } = await anOwner({ owns: ["News Works"] });
    const days = [Date.UTC(2026, 2, 2, 12), Date.UTC(2026, 2, 2, 9), Date.UTC(2026, 2, 1, 9)];
    await db.insert(notification).values(
      days.map((at, index) => ({
        ...{ id: crypto.randomUUID().replaceAll("-", ""), userId: person.id, organizationId: organization.id },
        ...{ type: "role-changed" as const, role: (["admin", "member", "owner"] as const)[index], actorId: person.id },
        ...{ organizationName: organization.name, createdAt: new Date(at), readAt: index === 1 ? new Date() : null },
      })),
    );
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    if (javaScriptEnabled) await open(page, "/notifications");
    else await page.goto("/notifications");
    const main = page.getByRole("main");
    expect(await main.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual(["Mar 2, 2026", "Mar 1, 2026"]);
    expect(await main.getByRole("region", { name: "Mar 2, 2026" }).getByRole("listitem").count()).toBe(2);

    await main.getByRole("link", { name: "Unread (2)" }).click();
    await expect.poll(() => main.getByRole("listitem").count(), { interval: 20 }).toBe(2);
    expect(path(page)).toBe("/notifications?show=unread");
    await main.getByRole("button", { name: "Mark all as read" }).click();
    await main.getByRole("link", { name: "Unread (0)" }).click();
    await page.getByText("No unread notifications").waitFor();
    await main.getByRole("link", { name: "All", exact: true }).click();
    await expect.poll(() => main.getByRole("listitem").count(), { interval: 20 }).toBe(3);
  });
}

test("the bell loads its list when it is opened, says if that fails, and keeps the list while it reloads", async () => {
  const { db, person, organization } = await anOwner({ owns: ["Bell Works"] });
  await db.insert(notification).values({
    ...{ id: crypto.randomUUID().replaceAll("-", ""), userId: person.id, organizationId: organization.id },
    ...{ type: "role-changed", role: "admin", organizationName: organization.name, createdAt: new Date() },
  });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, "/organizations");
  const answers = "**/api/v1/pages/notifications";
  await page.route(answers, (route) => route.abort());
  await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
  const panel = page.locator(".menu-panel:popover-open");
  await panel.getByText("Notifications can’t be loaded right now.").waitFor();
  await page.unroute(answers);
  let gate = Promise.withResolvers<void>();
  await page.route(answers, async (route) => {
    await gate.promise;
    await route.continue();
  });
  const again = panel.getByRole("button", { name: "Try again" });
  await again.press("Enter");
  await panel.locator("button[aria-busy=true]").waitFor();
  expect(await again.evaluate((button) => button === document.activeElement)).toBe(true);
  gate.resolve();
  await panel.getByText("Your role in Bell Works").waitFor();

  gate = Promise.withResolvers<void>();
  const asked = page.waitForRequest(answers);
  await panel.getByRole("button", { name: "Mark all as read" }).click();
  await asked;
  await panel.getByText("Your role in Bell Works").waitFor();
  gate.resolve();
  await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
  expect(await panel.getByRole("listitem").count()).toBe(1);
});

test("a browser whose clock is ahead of the server's shows at once that notifications were read", async () => {
  const { db, person, organization } = await anOwner({ owns: ["Early Works"] });
  await db.insert(notification).values({
    ...{ id: crypto.randomUUID().replaceAll("-", ""), userId: person.id, organizationId: organization.id },
    ...{ type: "role-changed", role: "admin", organizationName: organization.name, createdAt: new Date() },
  });
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, person);
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 600_000;
  });
  await open(page, "/notifications");
  await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
  const panel = page.locator(".menu-panel:popover-open");
  await panel.getByText("Your role in Early Works").waitFor();
  await page.keyboard.press("Escape");
  // The bell's own request would show it, too, but not before the next minute.
  await page.route("**/api/v1/pages/notifications", (route) => route.abort());
  await page.getByRole("main").getByRole("button", { name: "Mark all as read" }).click();
  await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
});
