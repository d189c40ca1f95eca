import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { invitation, member, organization } from "#app/db/schema/organizations.ts";
import { serverFeatures } from "#app/features.server.ts";
import { features } from "#app/features.ts";
import { featureViews } from "#app/features.view.ts";
import { loader as data } from "#app/routes/api/v1.ts";
import { action as hide } from "#app/routes/organizations/dashboard.checklist.ts";
import { anInvitation, anOrganization, aPerson, aSession, type Organization, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import type { DashboardPage } from "./figures.server.ts";

const db = testDatabase();

async function stepsFor(person: Person, { slug }: Organization) {
  const { body, services } = await ask(data, {
    url: `/api/v1/pages/organizations/${slug}/dashboard`,
    params: { organization: slug },
    cookie: await cookiesOf(await aSession(db, person, { factors: 2 })),
  });
  expect(services.trace.trips).toBe(1);
  return (body as DashboardPage).steps;
}

async function aBeginner() {
  const person = await aPerson(db);
  return { person, organization: await anOrganization(db, { members: [{ person, role: "owner" }] }) };
}

test("a checklist step is done when its rows exist, and the list disappears after the last step, in one trip", async () => {
  const { person, organization: place } = await aBeginner();
  expect(await stepsFor(person, place)).toMatchObject({ invitation: false, logo: false, factor: false });
  const { id } = await anInvitation(db, { organization: place });
  expect(await stepsFor(person, place)).toMatchObject({ invitation: true, logo: false, factor: false });
  await db.update(invitation).set({ status: "revoked" }).where(eq(invitation.id, id));
  expect(await stepsFor(person, place), "a revoked invitation counts, too").toMatchObject({ invitation: true });
  await db.delete(invitation).where(eq(invitation.id, id));
  expect(await stepsFor(person, place)).toMatchObject({ invitation: false });
  await db
    .insert(member)
    .values({ id: crypto.randomUUID(), organizationId: place.id, userId: (await aPerson(db)).id, role: "member" });
  await db.update(organization).set({ logo: crypto.randomUUID() }).where(eq(organization.id, place.id));
  expect(await stepsFor(person, place)).toMatchObject({ invitation: true, logo: true, factor: false });
  await db.update(organization).set({ imageCount: 1 }).where(eq(organization.id, place.id));
  expect(await stepsFor(person, place)).toMatchObject({ factor: false });
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: person.id });
  expect(await stepsFor(person, place), "all steps are done").toBeNull();
});

test("a passkey counts as a second factor, but only the person's own", async () => {
  const { person, organization: place } = await aBeginner();
  const other = await aPerson(db);
  const aPasskey = { name: "Key", publicKey: "key", counter: 0, transports: [] };
  const add = ({ id: userId }: Person) =>
    db
      .insert(passkey)
      .values({ ...aPasskey, id: crypto.randomUUID(), credentialId: crypto.randomUUID(), userId, lastUsedAt: null });
  await add(other);
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId: other.id });
  expect(await stepsFor(person, place)).toMatchObject({ factor: false });
  await add(person);
  expect(await stepsFor(person, place)).toMatchObject({ factor: true });
});

test("a person who hides the checklist hides it only for themselves and only in that organization", async () => {
  const team = await aTeam(db);
  const { person, cookie } = team.admin;
  const elsewhere = await anOrganization(db, { members: [{ person, role: "owner" }] });
  const { slug } = team.organization;
  const hidden = await ask(hide, {
    url: `/organizations/${slug}/dashboard/checklist`,
    params: { organization: slug },
    cookie,
    form: {},
  });
  expect(hidden.status).toBe(303);
  expect(hidden.headers.get("Location")).toBe(`/organizations/${slug}/dashboard`);
  expect(hidden.services.trace.trips).toBe(2);
  expect(await stepsFor(person, team.organization)).toBeNull();
  expect(await stepsFor(person, elsewhere)).not.toBeNull();
  expect(await stepsFor(team.owner.person, team.organization)).not.toBeNull();
});

test("every checklist step has a link and a permission, and the server says whether it is done", () => {
  const seen = featureViews.flatMap(({ steps = {} }) => Object.keys(steps));
  const asked = serverFeatures.flatMap(({ steps = {} }) => Object.keys(steps));
  expect(seen.toSorted()).toEqual(asked.toSorted());
  expect(new Set(seen).size).toBe(seen.length);
  const permissions = features.flatMap(({ permissions: own = {} }) => Object.keys(own));
  for (const { steps = {} } of featureViews) {
    for (const { permission, hrefIn } of Object.values(steps)) {
      expect(permissions).toContain(permission);
      expect(hrefIn("acme")).toMatch(/^\/(organizations\/acme|settings)\//);
    }
  }
});
