import { expect, test } from "vitest";
import { type invitation, member } from "#app/db/schema/organizations.ts";
import { loader as lastUsed } from "#app/routes/organizations/last-used.ts";
import { loader as layout } from "#app/routes/organizations/layout.tsx";
import { loader as list } from "#app/routes/organizations/list.tsx";
import { loader as onboarding } from "#app/routes/organizations/onboarding.tsx";
import { anInvitation, anOrganization, aPerson, aSession, type Organization, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import type { WaitingInvitation } from "./invitations/invitations.server.ts";
import type { Membership } from "./memberships.server.ts";

const db = testDatabase();
const DAY = 86_400_000;

type Listed = { organizations: Membership[]; invitations: WaitingInvitation[] };

const cookieOf = async (person: Person) => cookiesOf(await aSession(db, person));
const location = (answered: { body: unknown }) => (answered.body as Response).headers.get("Location");

async function listed(person: Person): Promise<Listed> {
  return (await ask(list, { url: "/organizations", cookie: await cookieOf(person) })).body as Listed;
}

function invite(organization: Organization, email: string, values: Partial<typeof invitation.$inferInsert> = {}) {
  return anInvitation(db, { organization, email, ...values });
}

test("a person sees only their own organizations, with role and number of members", async () => {
  const [ada, ben] = [await aPerson(db), await aPerson(db)];
  const shared = await anOrganization(db, {
    name: "Shared",
    members: [
      { person: ada, role: "admin" },
      { person: ben, role: "owner" },
    ],
  });
  const own = await anOrganization(db, { name: "another", members: [{ person: ada, role: "owner" }] });
  await anOrganization(db, { name: "Foreign", members: [{ person: ben, role: "owner" }] });
  expect((await listed(ada)).organizations).toMatchObject([
    { id: own.id, name: "another", role: "owner", members: 1 },
    { id: shared.id, name: "Shared", role: "admin", members: 2 },
  ]);
});

test("the way to the dashboard leads to the organization used last, and without one to the onboarding", async () => {
  const ada = await aPerson(db);
  const cookie = await cookieOf(ada);
  expect(location(await ask(lastUsed, { url: "/dashboard", cookie }))).toBe("/onboarding");
  const [first, second] = [await anOrganization(db), await anOrganization(db)];
  for (const [organization, lastActiveAt] of [
    [first, new Date()],
    [second, new Date(Date.now() - DAY)],
  ] as const) {
    const id = crypto.randomUUID();
    await db
      .insert(member)
      .values({ id, organizationId: organization.id, userId: ada.id, role: "member", lastActiveAt });
  }
  const before = await ask(lastUsed, { url: "/dashboard", cookie });
  expect(location(before)).toBe(`/organizations/${first.slug}/dashboard`);
  expect(before.services.trace.trips).toBe(1);
  await ask(layout, {
    url: `/organizations/${second.slug}/dashboard`,
    params: { organization: second.slug },
    cookie,
  });
  const after = await ask(lastUsed, { url: "/dashboard", cookie });
  expect(location(after)).toBe(`/organizations/${second.slug}/dashboard`);
});

test("only live invitations to the address a person has proved wait for them", async () => {
  const [ada, unproved] = [await aPerson(db), await aPerson(db, { emailVerified: false })];
  const inviter = await aPerson(db, { name: "Ivy Inviter" });
  const [acme, globex, third] = [
    await anOrganization(db, { name: "Acme" }),
    await anOrganization(db),
    await anOrganization(db),
  ];
  await invite(acme, ada.email, { inviterId: inviter.id, role: "admin" });
  await invite(globex, ada.email, { expiresAt: new Date(Date.now() - 1000) });
  await invite(third, ada.email, { status: "revoked" });
  await invite(acme, unproved.email);
  await invite(acme, "somebody.else@person.test");
  expect((await listed(ada)).invitations).toMatchObject([
    { organizationName: "Acme", role: "admin", inviterName: "Ivy Inviter", expiresAt: expect.any(Number) },
  ]);
  expect((await listed(unproved)).invitations).toEqual([]);
});

test("the onboarding is for people without an organization, the others are led on", async () => {
  const [ada, ben] = [await aPerson(db), await aPerson(db)];
  await anOrganization(db, { members: [{ person: ben, role: "member" }] });
  expect(await ask(onboarding, { url: "/onboarding", cookie: await cookieOf(ada) })).toMatchObject({
    status: 200,
    body: { invitations: [] },
  });
  expect(location(await ask(onboarding, { url: "/onboarding", cookie: await cookieOf(ben) }))).toBe("/dashboard");
});

test("the frame of an organization tells its pages who asks, and never the session", async () => {
  const ada = await aPerson(db, { name: "Ada Frame" });
  const organization = await anOrganization(db, { name: "Framed", members: [{ person: ada, role: "member" }] });
  const session = await aSession(db, ada);
  const { body } = await ask(layout, {
    url: `/organizations/${organization.slug}/dashboard`,
    params: { organization: organization.slug },
    cookie: await cookiesOf(session),
  });
  expect(body).toMatchObject({ viewer: { name: "Ada Frame", email: ada.email }, role: "member", sidebar: "open" });
  expect(JSON.stringify(body)).not.toContain(session.token);
});
