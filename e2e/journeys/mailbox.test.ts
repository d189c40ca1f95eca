import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { mailboxMessage } from "../../app/db/schema/mail.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase } from "../people.ts";
import { anAddress, fromSomewhere, open, requestsOf } from "./steps.ts";

const browser = openBrowser();

async function aMail({ recipient, subject }: { recipient: string; subject: string }) {
  const id = randomUUID();
  const values = {
    recipient,
    subject,
    text: `Text of ${subject}`,
    html: `<html><head></head>HTML of ${subject}</html>`,
  };
  await e2eDatabase()
    .insert(mailboxMessage)
    .values({ id, ...values });
  return id;
}

for (const javaScriptEnabled of [true, false]) {
  test(`mails are found, read in both parts and deleted${javaScriptEnabled ? "" : " without JavaScript"}`, async () => {
    const recipient = anAddress();
    for (const subject of ["First mail", "Second mail"]) await aMail({ recipient, subject });
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { page } = visit;
    if (javaScriptEnabled) await open(page, "/dev/mailbox");
    else await page.goto("/dev/mailbox");
    await page.getByLabel("Search by recipient or subject").fill(recipient);
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("2 emails", { exact: true }).waitFor();
    await page.getByRole("link", { name: "First mail" }).click();
    await page.getByTitle("First mail").contentFrame().getByText("HTML of First mail").waitFor();
    await page.getByRole("link", { name: "Text", exact: true }).click();
    await page.getByText("Text of First mail").waitFor();
    await page.getByRole("link", { name: "Second mail" }).click();
    await page.getByText("Text of Second mail").waitFor();
    await page.goto(`/dev/mailbox?search=${recipient}`);
    await page.getByRole("button", { name: "Delete these" }).click();
    await page.waitForURL((url) => url.pathname === "/dev/mailbox" && url.search === "");
    await page.goto(`/dev/mailbox?search=${recipient}`);
    await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  });
}

test("back leads from a mail to the one before it in one step", async () => {
  const recipient = anAddress();
  for (const subject of ["First mail", "Second mail"]) await aMail({ recipient, subject });
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await open(page, `/dev/mailbox?search=${recipient}`);
  for (const subject of ["First mail", "Second mail"]) {
    await page.getByRole("link", { name: subject }).click();
    await page.getByTitle(subject).contentFrame().getByText(`HTML of ${subject}`).waitFor();
  }
  await page.goBack();
  await page.getByTitle("First mail").contentFrame().getByText("HTML of First mail").waitFor();
});

test("a mail that is deleted before its frame has loaded says so in the frame", async () => {
  const recipient = anAddress();
  const id = await aMail({ recipient, subject: "Short-lived" });
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await page.route(`**/dev/mailbox/${id}`, async (route) => {
    await e2eDatabase().delete(mailboxMessage).where(eq(mailboxMessage.id, id));
    await route.continue();
  });
  await open(page, `/dev/mailbox?search=${recipient}`);
  await page.getByTitle("Short-lived").contentFrame().getByText("This email was deleted.").waitFor();
});

test("on a phone the mailbox shows either the list or one mail", async () => {
  const recipient = anAddress();
  await aMail({ recipient, subject: "The only mail" });
  await using visit = await browser.visit(fromSomewhere({ viewport: { width: 360, height: 740 } }));
  const { page } = visit;
  await open(page, `/dev/mailbox?search=${recipient}`);
  const [link, mail] = [page.getByRole("link", { name: "The only mail" }), page.getByRole("article")];
  await link.waitFor();
  expect(await mail.isVisible()).toBe(false);
  await link.click();
  await mail.waitFor();
  await link.waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "All emails" }).click();
  await link.waitFor();
});

test("new mails appear by themselves, and nothing is requested after the page is left", async () => {
  const recipient = anAddress();
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await page.clock.install();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const { done: quiet } = requestsOf(page);
  // The text part, since the clock is a script, which the frame of the HTML part refuses.
  await open(page, `/dev/mailbox?part=text&search=${recipient}`);
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await aMail({ recipient, subject: "Just come" });
  await page.clock.fastForward(2_000);
  await page.getByRole("link", { name: "Just come" }).waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await quiet();
  asked.length = 0;
  await page.clock.fastForward(60_000);
  await quiet();
  expect(asked).toEqual([]);
});
