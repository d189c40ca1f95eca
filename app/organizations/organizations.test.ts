import { env } from "cloudflare:workers";
import { and, eq, inArray, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { formerSlug, member, organization } from "#app/db/schema/organizations.ts";
import { loader as dashboardData } from "#app/routes/api/v1.ts";
import { loader as dashboardPage } from "#app/routes/organizations/dashboard.tsx";
import { action as create } from "#app/routes/organizations/new.tsx";
import { action as rename } from "#app/routes/organizations/settings.tsx";
import { roles } from "#app/tenancy/roles.ts";
import { anOrganization, aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aDamagedPicture, aFlood, aPicture } from "#app/test/pictures.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { creationFor } from "./creation.ts";
import { LOGO_MAXIMUM } from "./limits.ts";

const db = testDatabase();
const PNG = new Uint8Array(await aPicture().arrayBuffer());

async function creating(person: Person) {
  const cookie = await cookiesOf(await aSession(db, person));
  return (name: string, logo?: Uint8Array<ArrayBuffer>) => {
    if (logo === undefined) return ask(create, { url: "/organizations/new", cookie, form: { name } });
    const form = new FormData();
    form.set("name", name);
    form.set("logo", new File([logo], "logo.png", { type: "image/png" }));
    return ask(create, { url: "/organizations/new", cookie, form });
  };
}

async function ownedBy(person: Person) {
  return db
    .select({ id: organization.id, name: organization.name, slug: organization.slug, logo: organization.logo })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, person.id));
}

const location = (answered: { body: unknown }) => (answered.body as Response).headers.get("Location");
const messages = (answered: { body: unknown }) => (answered.body as { error: Record<string, string[]> }).error;

test("a person without an organization creates one, owns it and lands on its dashboard, in two trips", async () => {
  const ada = await aPerson(db);
  const name = `Ada ${ada.id.slice(0, 8)}`;
  const answered = await (await creating(ada))(`  ${name.replace(" ", "\n ")} `);
  const [made] = await ownedBy(ada);
  expect(answered.status).toBe(303);
  expect(location(answered)).toBe(`/organizations/${made?.slug}/dashboard`);
  expect(made).toMatchObject({ name, slug: name.toLowerCase().replace(" ", "-"), logo: null });
  expect(answered.services.trace.trips).toBe(2);
  const id = made?.id ?? "";
  const [owner] = await db.select().from(member).where(eq(member.organizationId, id));
  expect(owner).toMatchObject({ userId: ada.id, role: "owner" });
  expect(owner?.lastActiveAt).not.toBeNull();
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, id));
  expect(entries).toMatchObject([{ actorId: ada.id, action: "organization.created", targetId: id, targetName: name }]);
});

test("a new organization gets the slug of its name once nobody holds it any more, and another one until then", async () => {
  const ada = await aPerson(db);
  const slug = `ada-${ada.id.slice(0, 8)}`;
  const make = await creating(ada);
  await db.insert(formerSlug).values({ slug, organizationId: null, heldUntil: new Date(Date.now() + 60_000) });
  expect(location(await make(slug))).not.toBe(`/organizations/${slug}/dashboard`);
  await db
    .update(formerSlug)
    .set({ heldUntil: new Date(Date.now() - 1) })
    .where(eq(formerSlug.slug, slug));
  expect(location(await make(slug))).toBe(`/organizations/${slug}/dashboard`);
});

test("one form sent five times at once makes one organization, and each answer leads to it", async () => {
  const ada = await aPerson(db);
  const cookie = await cookiesOf(await aSession(db, ada));
  const send = (name: string, once: string = crypto.randomUUID()) => {
    const form = new FormData();
    for (const [field, value] of Object.entries({ once, name })) form.set(field, value);
    form.set("logo", new File([PNG], "logo.png", { type: "image/png" }));
    return ask(create, { url: "/onboarding", cookie, form });
  };
  const once = crypto.randomUUID();
  const answered = await Promise.all(Array.from({ length: 5 }, () => send("Only Once", once)));
  const [made, ...more] = await ownedBy(ada);
  expect(more).toEqual([]);
  expect(new Set(answered.map(location))).toEqual(new Set([`/organizations/${made?.slug}/dashboard`]));
  const entries = await db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, made?.id ?? ""));
  expect(entries).toHaveLength(1);
  const { objects } = await env.FILES.list({ prefix: `organizations/${made?.id}/` });
  expect(
    objects.map(({ key }) => key.includes(made?.logo ?? "none")),
    "only its own logo is stored",
  ).toEqual([true]);

  await send("Another Name", once);
  await send("Only Once");
  expect((await ownedBy(ada)).map(({ name }) => name).sort()).toEqual(["Another Name", "Only Once", "Only Once"]);
  const bob = await creating(await aPerson(db));
  expect((await bob("Only Once")).status, "another person can use the same name").toBe(303);
});

test("when one person creates 20 organizations at the same time, exactly five are made, all complete", async () => {
  const ada = await aPerson(db);
  const createAs = await creating(ada);
  const answered = await Promise.all(Array.from({ length: 20 }, (_, index) => createAs(`Parallel ${index}`)));
  const statuses = answered.map(({ status }) => status).sort();
  expect(statuses).toEqual([...Array(5).fill(303), ...Array(15).fill(409)]);
  const owned = await ownedBy(ada);
  expect(owned).toHaveLength(5);
  const ids = owned.map(({ id }) => id);
  expect(await db.$count(auditEntry, inArray(auditEntry.organizationId, ids))).toBe(5);
  expect(await db.$count(member, inArray(member.organizationId, ids))).toBe(5);
  expect(
    await db.$count(auditEntry, and(eq(auditEntry.actorId, ada.id), eq(auditEntry.action, "organization.created"))),
  ).toBe(5);
});

test("a person can make ten organizations a day, and deleting them does not allow more", async () => {
  const ada = await aPerson(db);
  const make = await creating(ada);
  for (let made = 0; made < 10; made += 1) {
    expect((await make(`Ada ${made}`)).status).toBe(303);
    const owned = await ownedBy(ada);
    await db.delete(organization).where(
      inArray(
        organization.id,
        owned.map(({ id }) => id),
      ),
    );
  }
  const refused = await make("Ada once more");
  expect([refused.status, messages(refused)]).toEqual([429, { "": [expect.stringContaining("tomorrow")] }]);
  expect(refused.services.trace.headers.get("Retry-After")).toBe("86400");
  expect(await ownedBy(ada)).toEqual([]);
  expect((await (await creating(await aPerson(db)))("Another's")).status).toBe(303);
});

test("one name chosen by ten people at once gives ten slugs", async () => {
  const name = `Twin ${crypto.randomUUID().slice(0, 8)}`;
  const people = await Promise.all(Array.from({ length: 10 }, () => aPerson(db)));
  const answered = await Promise.all(people.map(async (person) => (await creating(person))(name)));
  expect(answered.map(({ status }) => status)).toEqual(Array(10).fill(303));
  const made = await db.select({ slug: organization.slug }).from(organization).where(eq(organization.name, name));
  const plain = name.toLowerCase().replace(" ", "-");
  expect(new Set(made.map(({ slug }) => slug)).size).toBe(10);
  expect(made.filter(({ slug }) => slug === plain)).toHaveLength(1);
  expect(made.every(({ slug }) => slug.startsWith(plain))).toBe(true);
});

test("a person who is a plain member everywhere cannot create an organization, an admin anywhere can", async () => {
  const [plain, admin] = [await aPerson(db), await aPerson(db)];
  await anOrganization(db, {
    members: [
      { person: plain, role: "member" },
      { person: admin, role: "admin" },
    ],
  });
  const refused = await (await creating(plain))("Mine");
  expect(refused.status).toBe(403);
  expect(messages(refused)[""]?.[0]).toContain("Only owners and admins");
  expect(await ownedBy(plain)).toHaveLength(1);
  expect((await (await creating(admin))("Mine")).status).toBe(303);
});

test("whichever roles a person has in organizations, the form and the statement agree on whether they can create one", async () => {
  const combinations = Array.from({ length: 2 ** roles.length }, (_, bits) =>
    roles.filter((_, at) => bits & (1 << at)),
  );
  const statuses = { allowed: 303, "members-only": 403, "too-many-owned": 409 };
  const answered = await Promise.all(
    combinations.map(async (held) => {
      const person = await aPerson(db);
      await Promise.all(held.map((role) => anOrganization(db, { members: [{ person, role }] })));
      return [held, (await (await creating(person))("Another")).status];
    }),
  );
  expect(answered).toEqual(combinations.map((held) => [held, statuses[creationFor(held)]]));
});

test("a name that is too short or too long comes back with a message, without asking the database", async () => {
  const createAs = await creating(await aPerson(db));
  for (const name of ["", " a ", "👍", "\u200b\u200b\u200b", "a".repeat(65)]) {
    const answered = await createAs(name);
    expect(answered.status, JSON.stringify(name)).toBe(400);
    expect(messages(answered).name?.[0]).toMatch(/Use at least 2|Use 64 characters or fewer/);
    expect(answered.body).toMatchObject({ initialValue: { name } });
    expect(answered.services.trace.trips).toBe(0);
  }
});

test("when creating an organization fails midway, nothing is left behind, not even the logo", async () => {
  const logged = vi.spyOn(console, "error");
  const ada = await aPerson(db);
  const trigger = `unlucky_${ada.id.replaceAll("-", "")}`;
  await db.run(
    sql.raw(`create trigger ${trigger} before insert on audit_entry when new.actor_id = '${ada.id}' and new.action = 'organization.created'
      begin select raise(abort, 'unlucky'); end`),
  );
  const before = (await env.FILES.list({ prefix: "organizations/" })).objects.length;
  const answered = await (await creating(ada))("Unlucky", PNG);
  await db.run(sql.raw(`drop trigger ${trigger}`));
  expect(answered.status).toBe(500);
  expect(await ownedBy(ada)).toEqual([]);
  expect((await env.FILES.list({ prefix: "organizations/" })).objects).toHaveLength(before);
  logged.mockClear();
});

test("a logo is kept inside the organization's own prefix, and a refused creation keeps none", async () => {
  const ada = await aPerson(db);
  const createAs = await creating(ada);
  expect((await createAs("With logo", PNG)).status).toBe(303);
  const [made] = await ownedBy(ada);
  const stored = await env.FILES.head(`organizations/${made?.id}/logo/${made?.logo}`);
  expect(stored).toMatchObject({ httpMetadata: { contentType: "image/webp" } });

  const plain = await aPerson(db);
  await anOrganization(db, { members: [{ person: plain, role: "member" }] });
  const before = (await env.FILES.list({ prefix: "organizations/" })).objects.length;
  expect((await (await creating(plain))("Not mine", PNG)).status).toBe(403);
  expect((await env.FILES.list({ prefix: "organizations/" })).objects).toHaveLength(before);
});

test("a logo that is too large, floods the memory, cannot be read or is really HTML is refused at its field", async () => {
  const ada = await aPerson(db);
  const createAs = await creating(ada);
  const large = new Uint8Array(LOGO_MAXIMUM + 1);
  large.set(PNG);
  const tooLarge = await createAs("Large", large);
  expect([tooLarge.status, messages(tooLarge).logo?.[0]]).toEqual([413, expect.stringContaining("2 MB")]);
  const flood = await createAs("Flood", new Uint8Array(await aFlood().arrayBuffer()));
  expect([flood.status, messages(flood).logo?.[0]]).toEqual([413, expect.stringContaining("50 megapixels")]);
  const damaged = await createAs("Damaged", new Uint8Array(await aDamagedPicture().arrayBuffer()));
  expect([damaged.status, messages(damaged).logo?.[0]]).toEqual([415, expect.stringContaining("damaged")]);
  const html = await createAs("Html", new TextEncoder().encode("<!doctype html><script>alert(1)</script>"));
  expect([html.status, messages(html).logo?.[0]]).toEqual([415, expect.stringContaining("PNG")]);
  expect(await ownedBy(ada)).toEqual([]);
});

test("a person can choose the slug of a new organization; a taken or invalid one is refused at its field", async () => {
  const person = await aPerson(db);
  const cookie = await cookiesOf(await aSession(db, person));
  const slug = `chosen-${crypto.randomUUID().slice(0, 8)}`;
  const made = await ask(create, {
    url: "/organizations/new",
    cookie,
    form: { name: "Łódź", slug: ` ${slug.toUpperCase()}\u200b` },
  });
  expect(made.headers.get("Location")).toBe(`/organizations/${slug}/dashboard`);
  for (const [wish, status] of [
    [slug, 409],
    ["settings", 400],
    ["-a-", 400],
    ["ø", 400],
  ] as const) {
    const answered = await ask(create, { url: "/organizations/new", cookie, form: { name: "Other", slug: wish } });
    expect([answered.status, Object.keys((answered.body as { error: object }).error)], wish).toEqual([
      status,
      ["slug"],
    ]);
  }
  expect(await db.$count(member, eq(member.userId, person.id))).toBe(1);
  const automatic = await ask(create, { url: "/organizations/new", cookie, form: { name: `Ærø ${slug}`, slug: " " } });
  expect(automatic.headers.get("Location")).toBe(`/organizations/aero-${slug}/dashboard`);
});

test("a page with a slug in capitals redirects to the real slug; data and writes work with the capitals", async () => {
  const team = await aTeam(db, { slug: `case-${crypto.randomUUID().slice(0, 8)}` });
  const { slug } = team.organization;
  const [params, { cookie }] = [{ organization: slug.toUpperCase() }, team.owner];
  const page = await ask(dashboardPage, { url: `/organizations/${params.organization}/dashboard?x=1`, params, cookie });
  expect([page.status, page.headers.get("Location")]).toEqual([302, `/organizations/${slug}/dashboard?x=1`]);
  const data = await ask(dashboardData, {
    url: `/api/v1/pages/organizations/${params.organization}/dashboard`,
    params,
    cookie,
  });
  expect(data.status).toBe(200);
  const url = `/organizations/${params.organization}/settings`;
  expect((await ask(rename, { url, params, cookie, form: { name: "Renamed" } })).status).toBe(303);
  const outsider = await cookiesOf(await aSession(db, await aPerson(db)));
  expect((await ask(dashboardPage, { url, params, cookie: outsider })).status).toBe(404);
});
