import { and, eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { mailboxMessage, mailOptOut } from "../../app/db/schema/mail.ts";
import { member } from "../../app/db/schema/organizations.ts";
import { aPerson } from "../../app/test/builders.ts";
import { openBrowser } from "../browser.ts";
import { sessionCookie, signIn } from "../people.ts";
import { ask } from "../requests.ts";
import { anOwner, follow, fromSomewhere, open, openMail } from "./steps.ts";

const browser = openBrowser();
const SUBJECT = "Your role in Mail Works has changed";

/** An organization whose owner changes a colleague's role. */
async function aTeam() {
  const { db, person: owner, organization } = await anOwner({ name: "Olivia Marsh", owns: ["Mail Works"] });
  const person = await aPerson(db, { name: "Ben Colleague" });
  const id = crypto.randomUUID();
  await db.insert(member).values({ id, organizationId: organization.id, userId: person.id, role: "member" });
  const url = `/organizations/${organization.slug}/members/${id}/role`;
  const giveRole = async (role: string) => {
    const cookie = await sessionCookie(owner);
    const body = new URLSearchParams({ role, confirmed: "yes" });
    expect((await ask(url, cookie, { method: "POST", body })).status).toBe(303);
  };
  const offOf = async () => {
    const rows = await db.select().from(mailOptOut).where(eq(mailOptOut.userId, person.id));
    return rows.map(({ template }) => template);
  };
  return { db, person, organization, giveRole, offOf };
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : ", without JavaScript";

  test(`a person turns a kind of mail off from the mail, without signing in, and on again in the settings${how}`, async () => {
    const { person, giveRole, offOf } = await aTeam();
    await giveRole("admin");
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    const mail = await openMail(page, person.email, SUBJECT);
    const asking = await follow(context, mail, "Turn off emails like this");
    await asking.getByRole("heading", { name: "Turn off these emails?" }).waitFor();
    expect(await offOf()).toEqual([]);
    await asking.getByRole("button", { name: "Turn off" }).click();
    await asking.getByRole("heading", { name: "Emails turned off" }).waitFor();
    expect(await offOf()).toEqual(["role-changed"]);

    await signIn(context, person);
    await asking.getByRole("link", { name: "Notification settings" }).click();
    await asking.getByRole("button", { name: "Turn on emails: Your role changes" }).click();
    await asking.getByRole("button", { name: "Turn off emails: Your role changes" }).waitFor();
    expect(await offOf()).toEqual([]);
  });

  test(`a person who mutes an organization gets its notifications in the product, but no mails${how}`, async () => {
    const { db, person, organization, giveRole } = await aTeam();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    if (javaScriptEnabled) await open(page, "/settings/notifications");
    else await page.goto("/settings/notifications");
    await page.getByRole("button", { name: "Mute Mail Works" }).click();
    await page.getByRole("button", { name: "Unmute Mail Works" }).waitFor();
    await giveRole("admin");
    await page.goto("/notifications");
    await page.getByText("Olivia Marsh changed your role in Mail Works to Admin").first().waitFor();
    const bell = { name: "Notifications", exact: true };
    await page
      .getByRole("banner")
      .getByRole(javaScriptEnabled ? "button" : "link", bell)
      .waitFor();

    await page.goto("/settings/notifications");
    await page.getByRole("button", { name: "Unmute Mail Works" }).click();
    await page.getByRole("button", { name: "Mute Mail Works", exact: true }).waitFor();
    await giveRole("member");
    // The only mail is about the second change.
    await openMail(page, person.email, SUBJECT);
    const [row] = await db
      .select()
      .from(member)
      .where(and(eq(member.userId, person.id), eq(member.organizationId, organization.id)));
    expect(row?.mutedAt).toBeNull();
  });
}

test("a mail program unsubscribes with one click from any site, other addresses still reject other sites", async () => {
  const { db, person, organization, giveRole, offOf } = await aTeam();
  await giveRole("admin");
  const isIt = and(eq(mailboxMessage.recipient, person.email), like(mailboxMessage.subject, SUBJECT));
  const headers = async () => (await db.select().from(mailboxMessage).where(isIt))[0]?.headers ?? {};
  await expect.poll(headers).toMatchObject({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });
  const url = (await headers())["List-Unsubscribe"]?.slice(1, -1) ?? "";
  const body = new URLSearchParams({ "List-Unsubscribe": "One-Click" });
  const cookie = await sessionCookie(person);
  for (const Origin of ["https://mail.example", "null"]) {
    await db.delete(mailOptOut).where(eq(mailOptOut.userId, person.id));
    const pressed = await ask(url, null, { method: "POST", body, headers: { Origin, "Sec-Fetch-Site": "cross-site" } });
    expect([pressed.status, pressed.headers.get("Location")]).toEqual([200, null]);
    expect(await offOf()).toEqual(["role-changed"]);
  }
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  expect((await fetch(url, { method: "POST", body: form })).status).toBe(200);
  for (const path of [
    "/settings/notifications",
    `/settings/notifications/organizations/${organization.slug}/mute`,
    `${new URL(url).pathname}.data`,
    `${new URL(url).pathname}/more`,
  ]) {
    const asked = {
      method: "POST",
      body: new URLSearchParams({ muted: "yes" }),
      headers: { Origin: "https://mail.example" },
    };
    expect((await ask(path, cookie, asked)).status, path).toBe(403);
  }
});
