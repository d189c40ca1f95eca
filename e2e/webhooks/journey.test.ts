import { and, eq, isNull } from "drizzle-orm";
import type { Page } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { webhookDelivery, webhookEndpoint } from "../../app/db/schema/webhooks.ts";
import { anEndpoint, aReceiver } from "../../app/test/receivers.ts";
import { openBrowser } from "../browser.ts";
import { listen } from "../heard.ts";
import { fromSomewhere, open, path, toldOnce } from "../journeys/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { ask } from "../requests.ts";

const browser = openBrowser();

async function aManager(javaScriptEnabled: boolean) {
  const { db, people, organization, cookies } = await aWorkplace();
  const visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
  await signIn(visit.context, people.owner);
  const place = `/organizations/${organization.slug}/webhooks`;
  const go = (page: Page, url: string) => (javaScriptEnabled ? open(page, url) : page.goto(url));
  const rename = async (name: string) => {
    const body = new URLSearchParams({ name });
    const { status } = await ask(`/organizations/${organization.slug}/settings`, cookies.owner, {
      method: "POST",
      body,
    });
    expect(status).toBe(303);
  };
  const deliveries = () => db.select().from(webhookDelivery).where(eq(webhookDelivery.organizationId, organization.id));
  return { db, organization, place, go, rename, deliveries, ...visit };
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).first().click();

type Receiver = ReturnType<typeof aReceiver>;
type Message = { id: string; type: string; data: { after: unknown } };

async function messagesAt(receiver: Receiver) {
  const received = await receiver.received();
  return received.map(({ headers, body }) => {
    const message = JSON.parse(body) as Message;
    return { ...message, id: headers["webhook-id"] ?? "", body, headers };
  });
}

type Arrived = Awaited<ReturnType<typeof messagesAt>>[number];

/** Waits for a message that is signed with each of these secrets. */
async function arrived(receiver: Receiver, secrets: readonly string[], isIt: (message: Arrived) => boolean) {
  const found = async () => (await messagesAt(receiver)).findLast(isIt);
  await expect.poll(found).toBeDefined();
  const message = (await found()) as Arrived;
  for (const secret of secrets) expect(new Webhook(secret).verify(message.body, message.headers)).toBeTruthy();
  return message;
}

const isOf = (type: string) => (message: Arrived) => message.type === type;
const isRenamedTo = (name: string) => (message: Arrived) =>
  JSON.stringify(message.data.after) === JSON.stringify({ name });

for (const javaScriptEnabled of [true, false]) {
  test(`an owner adds, uses and removes a webhook ${javaScriptEnabled ? "with" : "without"} JavaScript`, async () => {
    await using manager = await aManager(javaScriptEnabled);
    const { db, page, place, go, rename, deliveries } = manager;
    const receiver = aReceiver();
    await go(page, place);
    await page.getByRole("link", { name: "Add webhook" }).click();
    const [url, members, renamed, addresses] = [
      page.getByRole("textbox", { name: "URL" }),
      page.getByLabel("Member removed"),
      page.getByLabel("Organization renamed"),
      page.getByLabel("Include email addresses"),
    ];
    await url.fill("http://hooks.example.com/");
    await page.getByLabel("Description").fill("Order desk");
    await members.uncheck();
    await addresses.check();
    await press(page, "Add webhook");
    await page.getByText("Enter an https URL with a public host name.").waitFor();
    expect(await Promise.all([members, renamed, addresses].map((box) => box.isChecked()))).toEqual([false, true, true]);
    await url.fill(receiver.url);
    await press(page, "Add webhook");
    await page.getByRole("heading", { name: "Your new signing secret" }).waitFor();
    const secret = (await page.locator("code").textContent()) ?? "";
    await page.getByRole("link", { name: "Open the webhook" }).click();
    await page.getByRole("heading", { name: "Order desk" }).waitFor();
    const here = path(page);

    await rename("Northwind Labs");
    await arrived(receiver, [secret], isRenamedTo("Northwind Labs"));
    // The success must be stored as well: if it were stored late, it would end a failure that came after it.
    await expect.poll(async () => (await deliveries()).every(({ status }) => status === "delivered")).toBe(true);

    await receiver.answers(503);
    await rename("Northwind Works");
    const failed = await arrived(receiver, [secret], isRenamedTo("Northwind Works"));
    const stands = async () => (await deliveries()).find(({ id }) => id === failed.id);
    await expect.poll(stands).toMatchObject({ status: "waiting", answerStatus: 503, claimedBy: null });
    await go(page, here);
    await page.getByText("Failing", { exact: true }).waitFor();
    const heard = javaScriptEnabled ? await listen(page) : async () => ["Waiting"];
    await page.getByRole("link", { name: "Waiting" }).click();
    await expect.poll(heard, { message: "a screen reader says which deliveries are listed" }).toContain("Waiting");
    await page.getByText(/Responded 503 in/).waitFor();

    await receiver.answers(204);
    // Not while the queue works on the delivery, since it would store a pause of its own.
    const makeDue = () =>
      db
        .update(webhookDelivery)
        .set({ nextAttemptAt: new Date(0) })
        .where(and(eq(webhookDelivery.id, failed.id), isNull(webhookDelivery.claimedBy)))
        .returning();
    await expect.poll(makeDue).toHaveLength(1);
    await rename("Northwind Again");
    await arrived(receiver, [secret], isRenamedTo("Northwind Again"));
    await expect.poll(stands).toMatchObject({ status: "delivered", answerStatus: 204, claimedBy: null });
    const copies = async () => (await messagesAt(receiver)).filter(({ id }) => id === failed.id).length;
    const sent = await copies();
    await go(page, here);
    await page.getByText("Enabled", { exact: true }).waitFor();
    const again = page.locator("li", { has: page.getByText(failed.id) }).getByRole("button", { name: "Resend" });
    expect(await again.getAttribute("aria-describedby"), "the button says which delivery it sends").toBe(failed.id);
    expect(await page.locator(`summary[id="${failed.id}"]`).count()).toBe(1);
    await again.click();
    await expect.poll(copies).toBe(sent + 1);

    await page.getByRole("link", { name: "Renew secret" }).click();
    await press(page, "Renew secret");
    await page.getByText("Copy the secret now.").waitFor();
    const renewed = (await page.locator("code").textContent()) ?? "";
    expect(renewed).not.toBe(secret);
    await arrived(receiver, [secret, renewed], isOf("webhook.secret-rotated"));

    await go(page, here);
    await press(page, "Disable");
    await page.getByText("Nothing is sent while it’s disabled.").waitFor();
    const before = (await deliveries()).length;
    await rename("Northwind Quiet");
    expect(await deliveries()).toHaveLength(before);
    await press(page, "Enable");
    await arrived(receiver, [renewed], isOf("webhook.enabled"));
    // The receiver may get the event before the page changes, and the page's layout moves when it does.
    await page.getByRole("button", { name: "Disable", exact: true }).waitFor();

    await page.getByRole("link", { name: "Remove webhook" }).click();
    await press(page, "Remove webhook");
    await page.getByText("No webhooks yet").waitFor();
    expect(await deliveries()).toEqual([]);
    await rename("Northwind Gone");
    expect((await messagesAt(receiver)).filter(isRenamedTo("Northwind Gone"))).toEqual([]);
  });

  test(`buttons of an older page ${javaScriptEnabled ? "with" : "without"} JavaScript say what has changed, and send nothing twice`, async () => {
    await using manager = await aManager(javaScriptEnabled);
    const { db, organization, page: tab, place, go, context, deliveries } = manager;
    const receiver = aReceiver();
    const { id } = await anEndpoint(db, { organizationId: organization.id, url: receiver.url });
    const here = `${place}/${id}`;
    await go(tab, here);
    const twice = () => tab.getByRole("button", { name: "Send test event" }).dblclick();
    if (javaScriptEnabled) await twice();
    else await Promise.all([tab.waitForEvent("load"), twice()]);
    await expect.poll(async () => (await deliveries()).map(({ status }) => status)).toEqual(["delivered"]);
    const older = await context.newPage();
    await Promise.all([go(tab, here), go(older, here)]);
    for (const page of [tab, older]) {
      if (javaScriptEnabled) await toldOnce(page, "Resent", () => press(page, "Resend"));
      else await Promise.all([page.waitForEvent("load"), press(page, "Resend")]);
      await expect
        .poll(async () => (await deliveries()).map(({ status, claimedBy }) => [status, claimedBy]))
        .toEqual([["delivered", null]]);
      expect(await receiver.received()).toHaveLength(2);
    }

    await go(older, here);
    await press(tab, "Disable");
    await tab.getByText("Nothing is sent while it’s disabled.").waitFor();
    await toldOnce(older, "Enable the webhook first.", () => press(older, "Send test event"));
    if (javaScriptEnabled) await older.getByText("Nothing is sent while it’s disabled.").waitFor();

    await go(older, here);
    await db.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id));
    if (javaScriptEnabled) {
      await toldOnce(older, "This webhook no longer exists.", () => press(older, "Enable"));
      await older.getByRole("heading", { name: "Page not found" }).waitFor();
    } else {
      await press(older, "Enable");
      await older.getByText("This webhook no longer exists.").waitFor();
    }
    expect(await receiver.received()).toHaveLength(2);
  });
}

test("a failed delivery is sent again by the queue's alarm, even if nothing else happens", async () => {
  await using manager = await aManager(false);
  const { db, organization, rename, deliveries } = manager;
  const receiver = aReceiver();
  await anEndpoint(db, { organizationId: organization.id, url: receiver.url });
  await receiver.failsAtFirst(1);
  await rename("Northwind Labs");
  await expect
    .poll(async () => (await deliveries()).map(({ status, attempts }) => [status, attempts]))
    .toEqual([["delivered", 2]]);
  const ids = (await messagesAt(receiver)).map(({ id }) => id);
  expect(new Set(ids).size).toBe(1);
  expect(ids).toHaveLength(2);
});
