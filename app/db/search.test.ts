import { and, eq, inArray } from "drizzle-orm";
import { expect, test } from "vitest";
import type { MembersPage } from "#app/organizations/members/members.server.ts";
import type { Found } from "#app/palette/palette.server.ts";
import { loader as members } from "#app/routes/api/members.ts";
import { loader as palette } from "#app/routes/api/palette.ts";
import { action as upload } from "#app/routes/organizations/gallery.upload.ts";
import { action as renameOrganization } from "#app/routes/organizations/settings.tsx";
import { action as rename } from "#app/routes/settings/account.tsx";
import { aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { aPicture } from "#app/test/pictures.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";
import { image } from "./schema/gallery.ts";
import { organization } from "./schema/organizations.ts";
import { user } from "./schema/people.ts";
import { searchText } from "./schema/search.ts";
import { makeSearchTexts } from "./search.server.ts";

const db = testDatabase();

async function inPalette({ cookie }: Colleague, query: string) {
  const { body } = await ask(palette, { url: `/api/palette?${new URLSearchParams({ query })}`, cookie });
  return body as Found;
}

/** What people type for the same name: other cases of other scripts, composed or not. */
const spellings = {
  "İzmir Straße Σίσυφος": ["izmir", "IZMIR", "ızmır", "STRASSE", "straẞe", "σισυφοσ", "ΣΊΣΥΦΟΣ", "I\u0307zmir"],
  "Jose\u0301 Łukasz 中文": ["josé", "JOSE\u0301", "jose", "lukasz", "ŁUKASZ", "中文"],
  "صورة ١٢ کتاب": ["صوره", "12", "۱۲", "كتاب"],
};

test("an image, an organization and a person are found by every spelling of their names", async () => {
  for (const [name, typed] of Object.entries(spellings)) {
    const team = await aTeam(db);
    const { owner } = team;
    const form = new FormData();
    form.set("file", aPicture({ name: `${name}.png` }));
    await ask(upload, { ...team.at("gallery/upload"), cookie: owner.cookie, form });
    await ask(renameOrganization, { ...team.at("settings"), cookie: owner.cookie, form: { name } });
    await ask(rename, { url: "/settings/account", cookie: owner.cookie, form: { name } });
    for (const query of typed) {
      const found = await inPalette(owner, query);
      const kept = name.normalize("NFC");
      // The made-up addresses of colleagues may hold the digits that are typed, so theirs is not the only name.
      for (const kind of [found.images, found.organizations, found.members]) {
        expect(
          kind.map((each) => each.name),
          query,
        ).toContain(kept);
      }
    }
    expect((await inPalette(owner, "Qqq")).images).toEqual([]);
  }
});

test("members are found by their address, in its own letters, in ASCII and as pasted", async () => {
  const team = await aTeam(db);
  const email = `ann-${crypto.randomUUID()}@xn--e1afmkfd.xn--p1ai`;
  const person = await aPerson(db, { email });
  await team.join("member", person);
  await makeSearchTexts(db, person.id);
  const at = team.at("members");
  for (const search of ["прим", "ПРИМЕР.РФ", "xn--e1af", email, `Ann <${email}>`, email.replace(/@.*/, "@пример.рф")]) {
    const url = `/api${at.url}?${new URLSearchParams({ search })}`;
    const { body } = await ask(members, { ...at, url, cookie: team.owner.cookie });
    expect(
      (body as { members: MembersPage }).members.members.map((found) => found.email),
      search,
    ).toEqual([email]);
  }
});

test("rows from before are tidied, and found until they are", async () => {
  const name = "Jose\u0301\u202e Старый";
  const team = await aTeam(db, { name });
  const unknown = `old-${crypto.randomUUID()}@`;
  const person = await aPerson(db, { name, email: `${unknown}пример.рф` });
  const picture = {
    id: crypto.randomUUID(),
    organizationId: team.organization.id,
    name,
    type: "image/png",
    size: 1,
  } as const;
  await db.insert(image).values(picture);
  expect((await inPalette(team.owner, "СТАРЫЙ")).images).toHaveLength(1);
  for (const { id } of [team.organization, person, picture]) {
    expect(await makeSearchTexts(db, id)).toBe(1);
    expect(await makeSearchTexts(db, id)).toBe(0);
  }
  expect(await db.$count(image, and(eq(image.id, picture.id), eq(image.name, "José Старый")))).toBe(1);
  expect(
    await db.$count(organization, and(eq(organization.id, team.organization.id), eq(organization.name, "José Старый"))),
  ).toBe(1);
  const [tidied] = await db.select().from(user).where(eq(user.id, person.id));
  expect(tidied).toMatchObject({ name: "José Старый", email: `${unknown}xn--e1afmkfd.xn--p1ai` });
  expect((await inPalette(team.owner, "jose стар")).images).toHaveLength(1);
});

test("what a search compares goes with what it was made from", async () => {
  const team = await aTeam(db);
  const picture = {
    id: crypto.randomUUID(),
    organizationId: team.organization.id,
    name: "One",
    type: "image/png",
    size: 1,
  } as const;
  await db.insert(image).values(picture);
  await makeSearchTexts(db, picture.id);
  await db.update(image).set({ name: "Two" }).where(eq(image.id, picture.id));
  expect((await inPalette(team.owner, "one")).images).toEqual([]);
  expect((await inPalette(team.owner, "two")).images).toHaveLength(1);
  const ids = [picture.id, team.organization.id, team.plain.person.id];
  expect(await db.$count(searchText, inArray(searchText.id, ids))).toBe(3);
  await db.delete(organization).where(eq(organization.id, team.organization.id));
  await db.delete(user).where(eq(user.id, team.plain.person.id));
  expect(await db.$count(searchText, inArray(searchText.id, ids))).toBe(0);
});
