import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { authenticator } from "#app/db/schema/factors.ts";
import { type invitation, member, organization } from "#app/db/schema/organizations.ts";
import { session } from "#app/db/schema/people.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { loader as frame } from "#app/routes/frame.tsx";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { loader as lastUsed } from "#app/routes/organizations/last-used.ts";
import { loader as list } from "#app/routes/organizations/list.tsx";
import { loader as onboarding } from "#app/routes/organizations/onboarding.tsx";
import { anInvitation, anOrganization, aPerson, aSession, type Organization, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import type { WaitingInvitation } from "./invitations/invitations.server.ts";
import type { Membership } from "./memberships.server.ts";

const db = testDatabase();

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

test("/dashboard redirects to the organization used last, or to the onboarding if there is none", async () => {
  const ada = await aPerson(db);
  const cookie = await cookieOf(ada);
  expect(location(await ask(lastUsed, { url: "/dashboard", cookie }))).toBe("/onboarding");
  const [first, second] = [await anOrganization(db), await anOrganization(db)];
  for (const [organization, lastActiveAt] of [
    [first, new Date()],
    [second, new Date(Date.now() - DAY_MS)],
  ] as const) {
    const id = crypto.randomUUID();
    await db
      .insert(member)
      .values({ id, organizationId: organization.id, userId: ada.id, role: "member", lastActiveAt });
  }
  const before = await ask(lastUsed, { url: "/dashboard", cookie });
  expect(location(before)).toBe(`/organizations/${first.slug}/dashboard`);
  expect(before.services.trace.trips).toBe(1);
  // The person comes back to the first within a minute, in which visits of one organization count once.
  for (const { slug } of [second, first]) {
    await ask(dashboard, { url: `/organizations/${slug}/dashboard`, params: { organization: slug }, cookie });
    const after = await ask(lastUsed, { url: "/dashboard", cookie });
    expect(location(after)).toBe(`/organizations/${slug}/dashboard`);
  }
});

test("a person sees only open invitations, and only if they have verified the invited address", async () => {
  const [ada, unproved] = [await aPerson(db), await aPerson(db, { emailVerified: false })];
  const inviter = await aPerson(db, { name: "Ivy Inviter" });
  const [acme, globex, third] = [
    await anOrganization(db, { name: "Acme", members: [{ person: inviter, role: "admin" }] }),
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

test("only people without an organization see the onboarding, others are redirected to /dashboard", async () => {
  const [ada, ben] = [await aPerson(db), await aPerson(db)];
  await anOrganization(db, { members: [{ person: ben, role: "member" }] });
  expect(await ask(onboarding, { url: "/onboarding", cookie: await cookieOf(ada) })).toMatchObject({
    status: 200,
    body: { invitations: [] },
  });
  expect(location(await ask(onboarding, { url: "/onboarding", cookie: await cookieOf(ben) }))).toBe("/dashboard");
});

test("the frame gives its pages the viewer and their organizations in one trip, never the session token", async () => {
  const [ada, ben] = [await aPerson(db, { name: "Ada Frame" }), await aPerson(db)];
  const used = await anOrganization(db, { name: "Used" });
  const framed = await anOrganization(db, { name: "Framed", members: [{ person: ada, role: "member" }] });
  await anOrganization(db, { name: "Foreign", members: [{ person: ben, role: "owner" }] });
  const [id, lastActiveAt] = [crypto.randomUUID(), new Date()];
  await db.insert(member).values({ id, organizationId: used.id, userId: ada.id, role: "admin", lastActiveAt });
  const session = await aSession(db, ada);
  const { body, services } = await ask(frame, { url: "/no-such-page", cookie: await cookiesOf(session) });
  expect(body).toMatchObject({
    viewer: { name: "Ada Frame", email: ada.email },
    organizations: [
      { id: framed.id, role: "member" },
      { id: used.id, role: "admin" },
    ],
    lastUsed: used.slug,
    sidebar: "open",
  });
  expect(services.trace.trips).toBe(1);
  expect(JSON.stringify(body)).not.toContain(session.token);
});

test("a visitor without a session gets no frame, nor does one whose session has ended or lacks a factor", async () => {
  const nobody = await ask(frame, { url: "/no-such-page" });
  expect([nobody.body, nobody.services.trace.trips]).toEqual([null, 0]);
  const ada = await aPerson(db);
  await anOrganization(db, { members: [{ person: ada, role: "owner" }] });
  const ended = await aSession(db, ada);
  const cookie = await cookiesOf(ended);
  expect((await ask(frame, { url: "/no-such-page", cookie })).body).not.toBeNull();
  await db.delete(session).where(eq(session.token, ended.token));
  expect((await ask(frame, { url: "/no-such-page", cookie })).body).toBeNull();
  const half = await aSession(db, ada);
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: ada.id });
  expect((await ask(frame, { url: "/no-such-page", cookie: await cookiesOf(half) })).body).toBeNull();
});

test("the frame names owners only to members, and not to one who lacks a required second factor", async () => {
  const [ada, ben, olga] = [await aPerson(db), await aPerson(db), await aPerson(db, { name: "Olga Owner" })];
  const { id, slug } = await anOrganization(db, {
    members: [
      { person: ada, role: "member" },
      { person: olga, role: "owner" },
    ],
  });
  const owners = async (person: Person) => {
    const cookie = await cookieOf(person);
    const asked = { url: `/organizations/${slug}/settings`, params: { organization: slug }, cookie };
    return ((await ask(frame, asked)).body as { owners: string[] }).owners;
  };
  expect([await owners(ada), await owners(ben)]).toEqual([["Olga Owner"], []]);
  await db.update(organization).set({ requiresSecondFactor: true }).where(eq(organization.id, id));
  expect(await owners(ada)).toEqual([]);
});
