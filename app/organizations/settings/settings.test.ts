import { env } from "cloudflare:test";
import { and, desc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { notification } from "#app/db/schema/notifications.ts";
import { formerSlug, invitation, organization, removedOrganization } from "#app/db/schema/organizations.ts";
import { DAY_MS } from "#app/durations.server.ts";
import { loader as apiTable } from "#app/routes/api/v1.ts";
import { loader as dashboard } from "#app/routes/organizations/dashboard.tsx";
import { action as invite } from "#app/routes/organizations/invitations.ts";
import { action as create } from "#app/routes/organizations/new.tsx";
import { action as remove } from "#app/routes/organizations/settings.delete.ts";
import { action as changeLogo } from "#app/routes/organizations/settings.logo.tsx";
import { action as removeLogo } from "#app/routes/organizations/settings.logo-remove.ts";
import { action as move } from "#app/routes/organizations/settings.slug.tsx";
import { action as rename, loader as settings } from "#app/routes/organizations/settings.tsx";
import { aKey, anInvitation, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aKeyedTeam } from "#app/test/keyed-team.ts";
import { aPicture } from "#app/test/pictures.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { runSchedule } from "../../../workers/schedule.ts";
import { SLUG_CHANGES_PER_DAY } from "../limits.ts";

const db = testDatabase();

type Team = Awaited<ReturnType<typeof aTeam>>;

const aSlug = () => `moved-${crypto.randomUUID().slice(0, 8)}`;
const location = (answered: { body: unknown }) => (answered.body as Response).headers.get("Location");
const messages = (answered: { body: unknown }) => (answered.body as { error: Record<string, string[]> }).error;

function moveTo(team: Team, slug: string, from = team.organization.slug) {
  const url = `/organizations/${from}/settings/slug`;
  return ask(move, { url, params: { organization: from }, cookie: team.owner.cookie, form: { slug } });
}

async function rowOf(team: Team) {
  const [row] = await db.select().from(organization).where(eq(organization.id, team.organization.id));
  return row;
}

async function newestEntry(team: Team) {
  const own = eq(auditEntry.organizationId, team.organization.id);
  const [entry] = await db.select().from(auditEntry).where(own).orderBy(desc(auditEntry.sequence));
  return entry;
}

async function keysOf(team: Team): Promise<string[]> {
  const { objects } = await env.FILES.list({ prefix: `organizations/${team.organization.id}/` });
  return objects.map(({ key }) => key);
}

test("an owner renames the organization in two trips, and the entry has the old and the new name", async () => {
  const team = await aTeam(db, { name: "Before" });
  const renamed = await ask(rename, { ...team.at("settings"), cookie: team.owner.cookie, form: { name: "After" } });
  expect([renamed.status, renamed.services.trace.trips]).toEqual([303, 2]);
  expect((await rowOf(team))?.name).toBe("After");
  expect(await newestEntry(team)).toMatchObject({ before: { name: "Before" }, after: { name: "After" } });
  const short = await ask(rename, { ...team.at("settings"), cookie: team.owner.cookie, form: { name: "x" } });
  expect([short.status, messages(short).name?.[0]]).toEqual([400, expect.stringContaining("at least 2")]);
  expect((await ask(settings, { ...team.at("settings"), cookie: team.owner.cookie })).services.trace.trips).toBe(1);
});

test("a former slug redirects members to the new one and works for data and writes; strangers get 404", async () => {
  const team = await aTeam(db);
  const [first, second, third] = [team.organization.slug, aSlug(), aSlug()];
  expect(location(await moveTo(team, second))).toBe(`/organizations/${second}/settings`);
  expect(location(await moveTo(team, third, second))).toBe(`/organizations/${third}/settings`);
  for (const former of [first, second]) {
    const params = { organization: former };
    const page = await ask(dashboard, {
      url: `/organizations/${former}/dashboard?x=1`,
      params,
      cookie: team.plain.cookie,
    });
    expect([page.status, location(page)]).toEqual([302, `/organizations/${third}/dashboard?x=1`]);
    const routed = await ask(dashboard, {
      url: `/organizations/${former}/dashboard.data?_routes=a`,
      params,
      cookie: team.plain.cookie,
    });
    expect(location(routed)).toBe(`/organizations/${third}/dashboard`);
    const data = await ask(apiTable, {
      url: `/api/v1/pages/organizations/${former}/dashboard`,
      params,
      cookie: team.plain.cookie,
    });
    expect(data.status).toBe(200);
    const written = await ask(invite, {
      url: `/organizations/${former}/invitations`,
      params,
      cookie: team.admin.cookie,
      form: { email: `${crypto.randomUUID()}@person.test`, role: "member" },
    });
    expect(written.status).toBe(303);
    const { owner } = await aTeam(db);
    const strange = await ask(dashboard, { url: `/organizations/${former}/dashboard`, params, cookie: owner.cookie });
    expect(strange.status).toBe(404);
  }
});

test("a slug can be changed ten times a day per organization and ten times a day per person", async () => {
  const { team, key, call } = await aKeyedTeam(db, ["organization:update"]);
  const first = team.organization.slug;
  for (let times = 0; times < SLUG_CHANGES_PER_DAY - 1; times += 1) {
    expect((await moveTo(team, aSlug(), first)).status).toBe(303);
  }
  const toSlug = () => ({ method: "PUT", json: { slug: aSlug() } });
  expect((await call("/slug", toSlug())).status).toBe(204);
  expect((await call("/slug", toSlug())).status, "the same key is over the limit").toBe(429);
  const { secret } = await aKey(db, { organizationId: key.organizationId, permissions: ["organization:update"] });
  const headers = { Authorization: `Bearer ${secret}` };
  expect((await call("/slug", { ...toSlug(), headers })).status, "another key shares the limit").toBe(429);
  expect((await moveTo(team, aSlug(), first)).status, "a person shares the limit").toBe(429);
  const other = await aTeam(db);
  const owner = await other.join("owner", team.owner.person);
  expect((await moveTo({ ...other, owner }, aSlug())).status, "another organization").toBe(429);
  expect((await moveTo(other, aSlug())).status, "another person still can").toBe(303);
});

test("a former slug is held for ninety days: no other organization can take it, but its own can take it back", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const former = team.organization.slug;
  const current = aSlug();
  const began = Date.now();
  await moveTo(team, current);
  const [held] = await db.select().from(formerSlug).where(eq(formerSlug.slug, former));
  const leftAt = (held?.heldUntil.getTime() ?? 0) - 90 * DAY_MS;
  expect(leftAt).toBeGreaterThanOrEqual(began);
  expect(leftAt).toBeLessThanOrEqual(Date.now());
  const refused = await moveTo(other, former);
  expect([refused.status, messages(refused).slug?.[0]]).toEqual([409, expect.stringContaining("taken")]);
  const ada = await aPerson(db);
  const cookie = await cookiesOf(await aSession(db, ada));
  const created = await ask(create, { url: "/organizations/new", cookie, form: { name: former } });
  expect(location(created)).not.toBe(`/organizations/${former}/dashboard`);
  expect((await moveTo(team, former, current)).status).toBe(303);
  expect((await rowOf(team))?.slug).toBe(former);

  await moveTo(team, aSlug());
  await db
    .update(formerSlug)
    .set({ heldUntil: new Date(1) })
    .where(eq(formerSlug.slug, former));
  expect((await moveTo(other, former)).status, "the slug is no longer held").toBe(303);
});

test("a slug that is taken, reserved or malformed is refused at its field", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  for (const [slug, status] of [
    [other.organization.slug, 409],
    ["settings", 400],
    ["a", 400],
    ["-edge", 400],
    ["two--hyphens", 400],
    ["größe", 400],
    ["a".repeat(49), 400],
  ] as const) {
    const refused = await moveTo(team, slug);
    expect([refused.status, messages(refused).slug], slug).toEqual([status, [expect.any(String)]]);
  }
  expect((await rowOf(team))?.slug).toBe(team.organization.slug);
});

test("one slug wanted by twenty organizations at once goes to one of them", async () => {
  const slug = aSlug();
  const teams = await Promise.all(Array.from({ length: 20 }, () => aTeam(db)));
  const answered = await Promise.all(teams.map((team) => moveTo(team, slug)));
  expect(answered.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(answered.filter(({ status }) => status === 409)).toHaveLength(19);
});

test("replacing or removing a logo deletes its file from storage", async () => {
  const team = await aTeam(db);
  const put = () => {
    const form = new FormData();
    form.set("logo", aPicture({ name: "logo.png" }));
    return ask(changeLogo, { ...team.at("settings/logo"), cookie: team.owner.cookie, form });
  };
  expect((await put()).status).toBe(303);
  const first = (await rowOf(team))?.logo;
  await put();
  const second = (await rowOf(team))?.logo;
  expect(second).not.toBe(first);
  expect(await keysOf(team)).toEqual([`organizations/${team.organization.id}/logo/${second}`]);
  expect(await newestEntry(team)).toMatchObject({ action: "organization.logo-changed" });
  const stored = await env.FILES.get(`organizations/${team.organization.id}/logo/${second}`);
  expect(stored?.httpMetadata?.contentType).toBe("image/webp");
  const removed = await ask(removeLogo, { ...team.at("settings/logo/remove"), cookie: team.owner.cookie, form: {} });
  expect(removed.status).toBe(303);
  expect([(await rowOf(team))?.logo, await keysOf(team)]).toEqual([null, []]);
});

test("a logo that is not a picture is refused, and the logo that was there stays", async () => {
  const team = await aTeam(db);
  const put = (file: File) => {
    const form = new FormData();
    form.set("logo", file);
    return ask(changeLogo, { ...team.at("settings/logo"), cookie: team.owner.cookie, form });
  };
  const kept = async () => [(await rowOf(team))?.logo, await keysOf(team)];
  const refuse = async () => {
    const refused = await put(new File(["<svg onload=alert(1)>"], "logo.png", { type: "image/png" }));
    expect([refused.status, messages(refused).logo?.[0]]).toEqual([415, expect.any(String)]);
  };
  await refuse();
  expect(await kept()).toEqual([null, []]);
  expect((await put(aPicture({ name: "logo.png" }))).status).toBe(303);
  const before = await kept();
  expect(before[1]).toHaveLength(1);
  await refuse();
  expect(await kept()).toEqual(before);
});

async function aFullTeam() {
  const team = await aTeam(db, { name: "To be gone" });
  for (const name of ["one", "two", "three"]) {
    await anInvitation(db, { organization: team.organization });
    await env.FILES.put(`organizations/${team.organization.id}/things/${name}`, "a file of some domain");
  }
  return team;
}

const end = (team: Team, name: string) =>
  ask(remove, { ...team.at("settings/delete"), cookie: team.owner.cookie, form: { name } });

test("an organization is deleted only with its name typed; rows and files go, and members are notified", async () => {
  const team = await aFullTeam();
  const refused = await end(team, "to be gone");
  expect([refused.status, messages(refused).name?.[0]]).toEqual([
    409,
    expect.stringContaining("isn’t the organization’s name"),
  ]);
  expect(await keysOf(team)).toHaveLength(3);
  const deleted = await end(team, "  To be  gone ");
  expect([deleted.status, deleted.services.trace.trips]).toEqual([303, 2]);
  expect([await rowOf(team), await keysOf(team)]).toEqual([undefined, []]);
  const { id } = team.organization;
  expect(await db.$count(invitation, eq(invitation.organizationId, id))).toBe(0);
  expect(await db.$count(auditEntry, eq(auditEntry.organizationId, id))).toBe(0);
  expect(await db.$count(removedOrganization, eq(removedOrganization.id, id))).toBe(0);
  for (const { person } of [team.plain, team.admin]) {
    const told = await db.select().from(notification).where(eq(notification.userId, person.id));
    expect(told).toMatchObject([
      { type: "organization-deleted", organizationName: "To be gone", organizationId: null },
    ]);
  }
  expect(await db.$count(notification, eq(notification.userId, team.owner.person.id))).toBe(0);
  const own = and(eq(auditEntry.actorId, team.owner.person.id), eq(auditEntry.action, "organization.deleted"));
  expect(await db.select().from(auditEntry).where(own)).toMatchObject([{ targetId: id, organizationId: null }]);
  expect((await ask(dashboard, { ...team.at("dashboard"), cookie: team.owner.cookie })).status).toBe(404);
});

test("the slugs of a deleted organization stay reserved for ninety days, and their pages return 404", async () => {
  const [team, other] = [await aTeam(db, { name: "Ended" }), await aTeam(db)];
  const [former, last] = [team.organization.slug, aSlug()];
  await moveTo(team, last);
  const at = { url: `/organizations/${last}/settings/delete`, params: { organization: last } };
  expect((await ask(remove, { ...at, cookie: team.owner.cookie, form: { name: "Ended" } })).status).toBe(303);
  expect(await rowOf(team)).toBeUndefined();
  for (const slug of [former, last]) {
    const visit = { url: `/organizations/${slug}/dashboard`, params: { organization: slug } };
    expect((await ask(dashboard, { ...visit, cookie: team.owner.cookie })).status, slug).toBe(404);
    expect(messages(await moveTo(other, slug)).slug?.[0], slug).toContain("taken");
    const cookie = await cookiesOf(await aSession(db, await aPerson(db)));
    const created = await ask(create, { url: "/organizations/new", cookie, form: { name: slug } });
    expect([created.status, location(created)], slug).not.toContain(`/organizations/${slug}/dashboard`);
  }
  const isLast = eq(formerSlug.slug, last);
  const [held] = await db.select().from(formerSlug).where(isLast);
  expect((held?.heldUntil.getTime() ?? 0) - Date.now()).toBeGreaterThan(89.9 * DAY_MS);
  await db
    .update(formerSlug)
    .set({ heldUntil: new Date(1) })
    .where(isLast);
  expect((await moveTo(other, last)).status, "the slug is no longer held").toBe(303);
});

test("another organization's slug cannot block a deletion, and keys stop working while the data is deleted", async () => {
  const [team, other] = [await aTeam(db), await aTeam(db)];
  const { id, name } = team.organization;
  expect((await moveTo(other, `removed-${id.replaceAll("-", "")}`)).status).toBe(303);
  const { secret } = await aKey(db, { organizationId: id, permissions: ["member:read", "organization:update"] });
  const opens = async (slug: string) => {
    const url = `/api/v1/organizations/${slug}/members`;
    return (await ask(apiTable as never, { url, headers: { Authorization: `Bearer ${secret}` } })).status;
  };
  expect(await opens(team.organization.slug)).toBe(200);
  // The state between the response and the deletion of the last piece.
  await db.insert(removedOrganization).values({ id, removedAt: new Date() });
  expect(await opens(team.organization.slug)).toBe(401);
  await db.delete(removedOrganization).where(eq(removedOrganization.id, id));
  expect((await end(team, name)).status).toBe(303);
  expect(await rowOf(team)).toBeUndefined();
  expect((await rowOf(other))?.slug).toBe(`removed-${id.replaceAll("-", "")}`);
});

test("the schedule deletes files that a crash has left of a deleted organization", async () => {
  const team = await aFullTeam();
  const { id } = team.organization;
  await db.batch([
    db.insert(removedOrganization).values({ id, removedAt: new Date() }),
    db.delete(organization).where(eq(organization.id, id)),
  ]);
  expect(await keysOf(team)).toHaveLength(3);
  await runSchedule(env);
  expect(await keysOf(team)).toEqual([]);
  expect(await db.$count(removedOrganization, eq(removedOrganization.id, id))).toBe(0);
});
