import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { invitation, member } from "../../app/db/schema/organizations.ts";
import { session } from "../../app/db/schema/people.ts";
import { anInvitation, aPerson } from "../../app/test/builders.ts";
import { tokenFor } from "../../app/tokens.server.ts";
import { openBrowser } from "../browser.ts";
import { e2eDatabase, signIn } from "../people.ts";
import {
  anAddress,
  anOwner,
  dashboardOf,
  fillSignIn,
  fillSignUp,
  follow,
  fromSomewhere,
  open,
  openMail,
  PASSWORD,
  path,
  takenOver,
  toldOnce,
} from "./steps.ts";

const browser = openBrowser();

type Organization = { name: string; slug: string };

const membersOf = ({ slug }: Organization) => `/organizations/${slug}/members`;
const auditOf = ({ slug }: Organization) => `/organizations/${slug}/audit`;

async function invite(page: Page, { email, role = "Member" }: { email: string; role?: string }) {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Role").selectOption({ label: role });
  await page.getByRole("button", { name: "Send invitation" }).click();
}

function row(page: Page, name: string) {
  return page.getByRole("row").filter({ hasText: name });
}

/** Signs up from the invitation's page, proves the address and comes back to the invitation. */
async function joinAsNew(options: BrowserContextOptions, { name, email, organization }: Joining) {
  const visit = await browser.visit(fromSomewhere(options));
  const mail = await openMail(visit.page, email, `invited to ${organization.name}`);
  const page = await follow(visit.context, mail, "View invitation");
  await page.getByRole("heading", { name: `Join ${organization.name}` }).waitFor();
  await page.getByRole("link", { name: "Create account" }).last().click();
  await page.getByRole("heading", { name: "Create your account" }).waitFor();
  expect(await page.getByLabel("Email address").inputValue()).toBe(email);
  await fillSignUp(page, { name, email });
  const proof = await openMail(visit.page, email, "Confirm your email address");
  const proved = await follow(visit.context, proof, "Confirm email address");
  if (options.javaScriptEnabled === false) await proved.getByRole("button", { name: "Confirm and continue" }).click();
  await proved.getByRole("heading", { name: `Join ${organization.name}` }).waitFor();
  return { visit, page: proved };
}

type Joining = { name: string; email: string; organization: Organization };

test("an owner invites a colleague without an account, sees them join, makes them owner and leaves", async () => {
  const { person, organization } = await anOwner({ name: "Olga Owner", owns: ["Founders Ltd"] });
  const { name, email } = { name: "Carl Colleague", email: anAddress() };
  await using owner = await browser.visit(fromSomewhere());
  await signIn(owner.context, person);
  await open(owner.page, membersOf(organization));
  await toldOnce(owner.page, "Invitation sent", () => invite(owner.page, { email }));
  await owner.page.getByText("1 waiting for a reply").waitFor();
  const typed = () => owner.page.getByLabel("Email address").inputValue();
  await expect.poll(typed, { message: "the form is empty again" }).toBe("");
  await invite(owner.page, { email });
  await owner.page.getByText("already has a pending invitation").waitFor();
  expect(await owner.page.getByLabel("Email address").inputValue(), "what was typed is kept").toBe(email);

  const { visit, page } = await joinAsNew({}, { name, email, organization });
  await using _colleague = visit;
  await takenOver(page);
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(`**${dashboardOf(organization)}`);
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  expect(await page.getByRole("link", { name: "Members" }).count(), "a member has no such page").toBe(0);

  await open(owner.page, membersOf(organization));
  await owner.page.getByRole("button", { name: "Notifications, 1 unread" }).click();
  await owner.page.getByRole("link", { name: `${name} joined Founders Ltd` }).click();
  await owner.page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
  await owner.page.getByRole("link", { name: "Audit log" }).click();
  await owner.page.getByText("Joined as Member").waitFor();
  await owner.page.getByText(`Invited ${email}`).waitFor();

  await owner.page.getByRole("link", { name: "Members" }).click();
  await row(owner.page, name)
    .getByRole("button", { name: `Actions for ${name}` })
    .click();
  await toldOnce(owner.page, "Role changed", () => owner.page.getByRole("button", { name: "Make admin" }).click());
  await expect.poll(() => row(owner.page, name).innerText()).toContain("Admin");
  await open(page, membersOf(organization));
  await page.getByRole("heading", { name: "2 members" }).waitFor();

  await row(owner.page, name)
    .getByRole("button", { name: `Actions for ${name}` })
    .click();
  await owner.page.getByRole("link", { name: "Transfer ownership" }).click();
  await owner.page.getByRole("heading", { name: `Transfer to ${name}` }).waitFor();
  await owner.page.getByRole("button", { name: "Transfer ownership" }).click();
  await owner.page.waitForURL(`**${membersOf(organization)}`);
  await expect.poll(() => row(owner.page, name).innerText()).toContain("Owner");
  expect(await owner.page.getByRole("link", { name: "Settings" }).count(), "an admin has no settings").toBe(0);

  await row(owner.page, "Olga Owner").getByRole("button", { name: "Actions for Olga Owner" }).click();
  await owner.page.getByRole("link", { name: "Leave organization" }).click();
  await owner.page.getByRole("button", { name: "Leave organization" }).click();
  await owner.page.waitForURL("**/organizations");
  await owner.page.getByRole("heading", { name: "No organization yet" }).waitFor();
  expect((await owner.page.goto(dashboardOf(organization)))?.status()).toBe(404);
});

test("without JavaScript an owner invites a colleague, makes them owner and leaves, by links and forms", async () => {
  const plain = { javaScriptEnabled: false };
  const { person, organization } = await anOwner({ name: "Otto Owner", owns: ["Paper Ltd"] });
  const { name, email } = { name: "Paula Paper", email: anAddress() };
  await using owner = await browser.visit(fromSomewhere(plain));
  await signIn(owner.context, person);
  await owner.page.goto(membersOf(organization));
  await invite(owner.page, { email });
  await owner.page.getByText("1 waiting for a reply").waitFor();
  await invite(owner.page, { email });
  await owner.page.getByText("already has a pending invitation").waitFor();
  expect(await owner.page.getByLabel("Email address").inputValue()).toBe(email);

  const { visit, page } = await joinAsNew(plain, { name, email, organization });
  await using _colleague = visit;
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
  expect(path(page)).toBe(dashboardOf(organization));

  await owner.page.goto(membersOf(organization));
  await owner.page.getByRole("link", { name: "Notifications, 1 unread" }).click();
  await owner.page.getByText(`${name} joined Paper Ltd`).waitFor();
  await owner.page.getByRole("button", { name: "Mark all as read" }).click();
  await owner.page.getByRole("link", { name: "Notifications", exact: true }).waitFor();
  await owner.page.goto(auditOf(organization));
  await owner.page.getByText("Joined as Member").waitFor();

  await owner.page.goto(membersOf(organization));
  await owner.page.getByRole("link", { name: `Actions for ${name}` }).click();
  await owner.page.getByLabel("Admin").check();
  await owner.page.getByRole("button", { name: "Save role" }).click();
  await owner.page.getByRole("heading", { name: "2 members" }).waitFor();
  expect(await row(owner.page, name).innerText()).toContain("Admin");

  await owner.page.getByRole("link", { name: "Settings" }).click();
  await owner.page.getByLabel("New owner").selectOption({ label: `${name} (Admin)` });
  await owner.page.getByRole("button", { name: "Continue" }).click();
  await owner.page.getByRole("button", { name: "Transfer ownership" }).click();
  await owner.page.getByRole("heading", { name: "2 members" }).waitFor();
  expect(await row(owner.page, name).innerText()).toContain("Owner");

  await owner.page.getByRole("link", { name: "Actions for Otto Owner" }).click();
  await owner.page.getByRole("link", { name: "Leave organization" }).click();
  await owner.page.getByRole("button", { name: "Leave organization" }).click();
  await owner.page.getByRole("heading", { name: "No organization yet" }).waitFor();
});

/** A person with a password, and an open invitation to them. */
async function anInvitedPerson() {
  const { organization } = await anOwner({ owns: ["Inviting House"] });
  const { person } = await anOwner({ name: "Inga Invited", owns: ["Own Place"] });
  const id = randomUUID();
  const token = tokenFor(inject("authSecret"), `invitation:${id}`);
  await anInvitation(e2eDatabase(), { id, token, organization, email: person.email });
  return { organization, person, link: `/accept-invite?id=${token}` };
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`a person signed in with another account changes it and comes back to the invitation${how}`, async () => {
    const { organization, person, link } = await anInvitedPerson();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, await aPerson(e2eDatabase(), { name: "Otto Other" }));
    await page.goto(link);
    await page.getByText("This invitation is for a different email address").waitFor();
    expect(await page.getByRole("button", { name: "Accept" }).count()).toBe(0);
    await page.getByRole("button", { name: "Use a different account" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    if (javaScriptEnabled) await takenOver(page);
    await fillSignIn(page, { email: person.email, password: PASSWORD });
    await page.getByRole("heading", { name: "Join Inviting House" }).waitFor();
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();
    expect(path(page)).toBe(dashboardOf(organization));
  });

  test(`an invitation is declined, and its link says so from then on${how}`, async () => {
    const { person, link } = await anInvitedPerson();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    const { context, page } = visit;
    await signIn(context, person);
    await page.goto("/organizations");
    if (javaScriptEnabled) await takenOver(page);
    await page.getByRole("button", { name: "Decline" }).click();
    if (javaScriptEnabled) await page.getByText("Inviting House").waitFor({ state: "detached" });
    else await page.getByRole("heading", { name: "Invitation declined" }).waitFor();
    await page.goto(link);
    await page.getByRole("heading", { name: "Invitation declined" }).waitFor();
    expect(await page.getByRole("button", { name: "Accept" }).count()).toBe(0);
  });
}

test("an expired invitation link says whom to ask, and a damaged one says that no invitation was found", async () => {
  const { organization } = await anOwner({ owns: ["Late House"] });
  const { token } = await anInvitation(e2eDatabase(), { organization, expiresAt: new Date(Date.now() - 1000) });
  await using visit = await browser.visit(fromSomewhere());
  const { page } = visit;
  await page.goto(`/accept-invite?id=${token}`);
  await page.getByRole("heading", { name: "This invitation has expired" }).waitFor();
  await page.getByText("Ask someone at Late House").waitFor();
  await page.goto(`/accept-invite?id=${token.slice(1)}`);
  await page.getByRole("heading", { name: "Invitation not found" }).waitFor();
  await page.goto("/accept-invite");
  await page.getByRole("heading", { name: "Invitation not found" }).waitFor();
});

test("the link of an invitation is copied, and opens it for anyone who gets it", async () => {
  const { person, organization } = await anOwner({ owns: ["Copy House"] });
  const email = anAddress();
  await using visit = await browser.visit(fromSomewhere({ permissions: ["clipboard-read", "clipboard-write"] }));
  const { context, page } = visit;
  await signIn(context, person);
  await open(page, membersOf(organization));
  await invite(page, { email });
  await page.getByRole("button", { name: `Actions for the invitation to ${email}` }).click();
  await toldOnce(page, "Link copied", () => page.getByRole("button", { name: "Copy link" }).click());
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await using guest = await browser.visit(fromSomewhere());
  await guest.page.goto(link);
  await guest.page.getByRole("heading", { name: "Join Copy House" }).waitFor();
  await guest.page.getByText(email).first().waitFor();

  await page.getByRole("button", { name: `Actions for the invitation to ${email}` }).click();
  await toldOnce(page, "Invitation revoked", () => page.getByRole("button", { name: "Revoke invitation" }).click());
  await guest.page.reload();
  await guest.page.getByRole("heading", { name: "This invitation was revoked" }).waitFor();
});

test("an invitation is accepted in the bell", async () => {
  const { organization, person } = await anOwner({ owns: ["Bell House"] });
  const { person: guest } = await anOwner({ name: "Gina Guest", owns: ["Guest House"] });
  await using owner = await browser.visit(fromSomewhere());
  await signIn(owner.context, person);
  await open(owner.page, membersOf(organization));
  await toldOnce(owner.page, "Invitation sent", () => invite(owner.page, { email: guest.email, role: "Admin" }));
  await using visit = await browser.visit(fromSomewhere());
  const { context, page } = visit;
  await signIn(context, guest);
  await open(page, "/organizations");
  await page.getByRole("button", { name: "Notifications, 1 unread" }).click();
  await page.locator(".menu-panel:popover-open").getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(`**${dashboardOf(organization)}`);
  await page.getByRole("button", { name: "Notifications", exact: true }).waitFor();
});

for (const javaScriptEnabled of [true, false]) {
  test(`a person who gives or takes the owner role must prove who they are and confirm${javaScriptEnabled ? "" : ", without JavaScript too"}`, async () => {
    const { db, person, organization } = await anOwner({ name: "Olaf Owner", owns: ["Words First"] });
    const colleague = await aPerson(db, { name: "Nora Next" });
    await db.insert(member).values({
      id: randomUUID(),
      organizationId: organization.id,
      userId: colleague.id,
      role: "admin",
    });
    await using owner = await browser.visit(fromSomewhere({ javaScriptEnabled }));
    await signIn(owner.context, person);
    await db
      .update(session)
      .set({ provenAt: new Date(0) })
      .where(eq(session.userId, person.id));
    const { page } = owner;
    await page.goto(membersOf(organization));
    const actions = javaScriptEnabled ? "button" : "link";
    if (javaScriptEnabled) await takenOver(page);
    await row(page, "Nora Next").getByRole(actions, { name: "Actions for Nora Next" }).click();
    await page.getByRole("link", { name: "Make owner" }).click();
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByRole("heading", { name: "Make Nora Next an owner?" }).waitFor();
    await page.getByRole("button", { name: "Save role" }).click();
    await page.getByRole("heading", { name: "2 members" }).waitFor();
    expect(await row(page, "Nora Next").innerText()).toContain("Owner");

    if (javaScriptEnabled) await takenOver(page);
    await row(page, "Nora Next").getByRole(actions, { name: "Actions for Nora Next" }).click();
    await page.getByRole("link", { name: "Make member" }).click();
    await page.getByRole("heading", { name: "Remove Nora Next as owner?" }).waitFor();
    await page.getByRole("button", { name: "Save role" }).click();
    await page.getByRole("heading", { name: "2 members" }).waitFor();
    expect(await row(page, "Nora Next").innerText()).toContain("Member");

    await page.getByRole("link", { name: "Invite an owner" }).click();
    await page.getByRole("heading", { name: "Invite an owner" }).waitFor();
    const email = anAddress();
    await page.getByLabel("Email address").fill(email);
    await page.getByRole("button", { name: "Send invitation" }).click();
    await page.getByText("1 waiting for a reply").waitFor();
    const [made] = await db.select().from(invitation).where(eq(invitation.email, email));
    expect(made?.role).toBe("owner");
  });
}
