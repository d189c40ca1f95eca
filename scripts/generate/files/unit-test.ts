import type { Resource } from "../spec.ts";
import {
  freshValue,
  importsOfTables,
  isImage,
  isLeftOut,
  isPerson,
  isRow,
  isUnique,
  needs,
  type Part,
  some,
  targetsOf,
  toldOf,
} from "./parts.ts";
import { apiTest, offeredTest, picturesTest, toldTest, uniqueTest } from "./unit-test-parts.ts";
import { importsOfReferences, referenceTests, valuesOf } from "./unit-test-references.ts";

export function testOf(resource: Resource, parts: Part[]): string {
  const { many, one, table, access, title, hasApi, hasEvents, hasNotifications } = resource;
  const sent = parts
    .filter(({ field }) => !isLeftOut(field))
    .map(({ field, parts: { example } }) => {
      return `${field.name}: ${isRow(field) ? example.kept : isImage(field) ? example.sent : `"${example.sent}"`}`;
    });
  const hasImages = parts.some(({ field }) => isImage(field));
  const kept = parts
    .filter(({ field }) => !isLeftOut(field))
    .map(({ field, parts }) => {
      if (isRow(field)) return `${field.name}: values.${field.name}`;
      if (isUnique(field) && field !== title) return `${field.name}: expect.any(String)`;
      const text = ["line", "lines", "day", "clock", "choice"].includes(field.kind.name);
      return `${field.name}: ${text ? `"${parts.example.kept}"` : parts.example.kept}`;
    });
  const colleague = { own: 403, any: 303, admins: 403 }[access];
  const maker = access === "admins" ? "admin" : "member";
  const unique = resource.fields.filter(isUnique);
  const fresh = unique
    .filter((field) => field !== title)
    .map((field) => `${field.name}: ${freshValue(field)}, `)
    .join("");
  const targets = targetsOf(resource);
  const refers = targets.length > 0;
  // What a form sends is then not the same in every organization.
  const values = some(needs(resource), ", values");
  const [person] = parts.map(({ field }) => field).filter(isPerson);
  return `${some(hasImages, 'import { env } from "cloudflare:workers";\n')}import { and, eq${some(person !== undefined || refers, ", sql")}${some(refers, ", getTableColumns")} } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { ${table} } from "#app/db/schema/${many.kebab}.ts";
${importsOfTables(targets)}${importsOfReferences(resource)}${some(hasNotifications, 'import { notification } from "#app/db/schema/notifications.ts";\n')}${some(hasImages, `import { loader as file } from "#app/routes/files/${many.kebab}.ts";\n`)}import { action as edit, loader as editPage } from "#app/routes/organizations/${many.kebab}.edit.ts";
import { action as add${some(person !== undefined || refers, ", loader as addPage")} } from "#app/routes/organizations/${many.kebab}.new.ts";
import { action as remove } from "#app/routes/organizations/${many.kebab}.remove.ts";
import { action as restore } from "#app/routes/organizations/${many.kebab}.restore.ts";
import { loader as list } from "#app/routes/organizations/${many.kebab}.tsx";
import { anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
${some(hasApi, 'import { aKeyedTeam } from "#app/test/keyed-team.ts";\nimport { permissions } from "#app/tenancy/permissions.ts";\n')}${some(hasImages, 'import { aDamagedPicture, aPhotograph, aPicture } from "#app/test/pictures.ts";\n')}import { markOf } from "#app/ui/shown-fields.ts";
import type { FormAgain } from "#app/ui/use-form.ts";
import { webhookEvents } from "#app/webhooks/events.ts";
${some(
  hasNotifications,
  `import { ${many.camel}News } from "./feature.news.ts";
`,
)}import { ${many.camel}OnServer } from "./feature.server.ts";
import { ${many.camel}View } from "./feature.view.ts";
import { ${one.camel}Fields } from "./${one.kebab}-fields.ts";
import type { ${some(refers, "Choices, ")}${one.pascal}Details, ${many.pascal}Page } from "./${many.kebab}.server.ts";
${some(refers, 'import { ROWS_OFFERED } from "./limits.ts";\n')}
const db = testDatabase();
${valuesOf(resource, sent)}

async function anOffice() {
  const people = { owner: await aPerson(db), admin: await aPerson(db), member: await aPerson(db), other: await aPerson(db) };
  const { owner, admin, member, other } = people;
  const found = await anOrganization(db, {
    members: [
      { person: owner, role: "owner" },
      { person: admin, role: "admin" },
      { person: member, role: "member" },
      { person: other, role: "member" },
    ],
  });
  const cookies = {
    owner: await cookiesOf(await aSession(db, owner)),
    admin: await cookiesOf(await aSession(db, admin)),
    member: await cookiesOf(await aSession(db, member)),
    other: await cookiesOf(await aSession(db, other)),
  };
  const at = (rest = "", more = {}) => ({
    url: \`/organizations/\${found.slug}/${many.kebab}\${rest}\`,
    params: { organization: found.slug, ...more },
  });
${some(needs(resource), "  const values = await valuesIn({ organizationId: found.id, userId: owner.id });\n")}  const one = (id: string, rest: string) => at(\`/\${id}/\${rest}\`, { ${one.camel}: id });
  const listed = async (search = "") => (await ask(list, { ...at(search), cookie: cookies.member })).body as ${many.pascal}Page;
  const added = async (more: Record<string, string${some(hasImages, " | File")}> = {}) => {
    const answer = await ask(add, { ...at("/new"), cookie: cookies.${maker}, form: { ...values, ${fresh}...more } });
    const [row] = (await listed()).${many.camel};
    return { ...answer, id: row?.id ?? "" };
  };
  return { ...found, people, cookies, at, one, listed, added${values} };
}

test("a new one is first in the list and in the log, and takes two trips to add and one to list", async () => {
  const { id, people, cookies, at, added${values} } = await anOffice();
  const { status, services } = await added();
  expect([status, services.trace.trips]).toEqual([303, 2]);
  const { body, services: reading } = await ask(list, { ...at(), cookie: cookies.member });
  expect(reading.trace.trips).toBe(1);
  expect((body as ${many.pascal}Page).${many.camel}).toMatchObject([
    { ${kept.join(", ")}, createdBy: { id: people.${maker}.id } },
  ]);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, id));
  expect(entries).toMatchObject([{ action: "${one.kebab}.added", actorId: people.${maker}.id, targetName: values.${title.name} }]);
  expect(webhookEvents).${hasEvents ? "" : "not."}toContain("${one.kebab}.added");
});

${person ? offeredTest(person.name, maker) : ""}test("the list is sorted by the newest or as requested, and a search ignores case and accents", async () => {
  const { listed, added } = await anOffice();
  await added({ ${title.name}: "Zoë" });
  await added({ ${title.name}: "Anna" });
  const names = async (search: string) => {
    const found = await listed(search);
    expect(found.total).toBe(found.${many.camel}.length);
    return found.${many.camel}.map((each) => each.${title.name});
  };
  expect(await names("")).toEqual(["Anna", "Zoë"]);
  expect(await names("?sort=oldest")).toEqual(["Zoë", "Anna"]);
  expect(await names("?sort=${title.name}")).toEqual(["Anna", "Zoë"]);
  expect(await names("?search=zoe")).toEqual(["Zoë"]);
});

test("links from the log${some(hasNotifications, " and from notifications")} show only that row, and nothing of another organization", async () => {
  const { slug, listed, added } = await anOffice();
  const { id } = await added({ ${title.name}: "Zoë" });
  await added({ ${title.name}: "Anna" });
  const address = ${many.camel}View.logged["${one.kebab}.changed"].leads.hrefOf({ organization: slug, id });
${some(
  hasNotifications,
  `  expect(${many.camel}News["${toldOf(one)}"].leads.hrefOf({ organization: slug, id })).toBe(address);
`,
)}  const { search } = new URL(address, "http://localhost");
  const found = await listed(search);
  expect([found.isOnly, found.pages, found.${many.camel}.map((each) => each.id)]).toEqual([true, 1, [id]]);
  const other = await anOffice();
  expect((await other.listed(search)).${many.camel}).toEqual([]);
});

test("a change is saved and logged once, and ${access === "own" ? "only its maker and admins" : access === "any" ? "any member" : "only admins"} can make it", async () => {
  const { one, cookies, listed, added${values} } = await anOffice();
  const { id } = await added();
${some(hasImages, '  // A picture that is sent again counts as a new one.\n  const typed = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));\n')}  const change = (cookie: string, called: string) =>
    ask(edit, { ...one(id, "edit"), cookie, form: { ...${hasImages ? "typed" : "values"}, ${title.name}: called } });
  expect((await change(cookies.other, "By another")).status).toBe(${colleague});
  expect((await ask(editPage, { ...one(id, "edit"), cookie: cookies.other })).status).toBe(${access === "any" ? 200 : 403});
  expect((await change(cookies.${maker}, "By its maker")).status).toBe(303);
  expect((await change(cookies.admin, "By an admin")).status).toBe(303);
  const isChange = and(eq(auditEntry.targetId, id), eq(auditEntry.action, "${one.kebab}.changed"));
  const written = await db.$count(auditEntry, isChange);
  expect(written).toBeGreaterThan(0);
  expect((await change(cookies.admin, "By an admin")).status).toBe(303);
  expect(await db.$count(auditEntry, isChange)).toBe(written);
  expect((await listed()).${many.camel}[0]?.${title.name}).toBe("By an admin");
});

test("a form asks before it replaces what another person has saved since it was filled", async () => {
  const { one, cookies, listed, added } = await anOffice();
  const { id } = await added();
  const { body } = await ask(editPage, { ...one(id, "edit"), cookie: cookies.admin });
  const filled = ${one.camel}Fields((body as ${one.pascal}Details).${one.camel});
  const save = (called: string, asShown: string) =>
    ask(edit, { ...one(id, "edit"), cookie: cookies.admin, form: { ...filled, ${title.name}: called, asShown } });
  expect((await save("By another", markOf(filled))).status).toBe(303);
  const late = await save("By an admin", markOf(filled));
  expect([late.status, (await listed()).${many.camel}[0]?.${title.name}]).toEqual([409, "By another"]);
  expect((await save("By an admin", (late.body as FormAgain).initialValue?.asShown ?? "")).status).toBe(303);
});

test("a second deletion gets 404, and the log has one entry", async () => {
  const { one, cookies, listed, added } = await anOffice();
  const { id } = await added();
  const drop = () => ask(remove, { ...one(id, "remove"), cookie: cookies.owner, form: {} });
  expect([(await drop()).status, (await drop()).status]).toEqual([303, 404]);
  expect((await listed()).${many.camel}).toEqual([]);
  const written = await db.select({ action: auditEntry.action }).from(auditEntry).where(eq(auditEntry.targetId, id));
  expect(written.filter(({ action }) => action === "${one.kebab}.removed")).toHaveLength(1);
});

test("changing, deleting and restoring lead back to the same place in the list", async () => {
  const { one, at, cookies, added${values} } = await anOffice();
  const { id } = await added();
  const inList = "?search=first&sort=oldest&page=2";
  const led = async (to: Parameters<typeof ask>[0], what: string, form: Record<string, string | File>) => {
    const asked = one(id, what);
    const { headers } = await ask(to, { ...asked, url: \`\${asked.url}\${inList}\`, cookie: cookies.owner, form });
    return headers.get("Location");
  };
  expect(await led(edit, "edit", values)).toBe(\`\${at().url}\${inList}\`);
  expect(await led(remove, "remove", {})).toBe(\`\${at().url}\${inList}&deleted=\${id}\`);
  expect(await led(restore, "restore", {})).toBe(\`\${at().url}\${inList}\`);
});

test("anyone who may delete one can restore it within an hour, after which it is gone for good", async () => {
  const { id: organizationId, people, one, at, cookies, listed, added${values} } = await anOffice();
  const { id } = await added();
  const drop = () => ask(remove, { ...one(id, "remove"), cookie: cookies.${maker}, form: {} });
  const undo = (cookie: string) => ask(restore, { ...one(id, "restore"), cookie, form: {} });
  expect((await undo(cookies.${maker})).status, "it is there").toBe(404);
  const { headers } = await drop();
  expect(headers.get("Location")).toBe(\`\${at().url}?deleted=\${id}\`);
  const offered = async (cookie: string) =>
    ((await ask(list, { ...at(\`?deleted=\${id}\`), cookie })).body as ${many.pascal}Page).deleted;
  expect(await offered(cookies.${maker})).toEqual({ id, name: values.${title.name} });
  expect(await offered(cookies.other)).toEqual(${access === "any" ? `{ id, name: values.${title.name} }` : "null"});
  expect((await undo((await anOffice()).cookies.owner)).status, "another tenant").toBe(404);
${
  access === "any"
    ? ""
    : `  expect((await undo(cookies.other)).status).toBe(${access === "admins" ? 403 : 404});
`
}  expect((await listed()).${many.camel}).toEqual([]);
  const { status, services } = await undo(cookies.${maker});
  expect([status, services.trace.trips]).toEqual([303, 2]);
  expect((await listed()).${many.camel}).toMatchObject([{ id, createdBy: { id: people.${maker}.id } }]);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, organizationId));
  expect(entries.map(({ action }) => action).sort()).toEqual(["added", "removed", "restored"].map((did) => \`${one.kebab}.\${did}\`));

  await drop();
  const deletedAt = new Date(Date.now() - 61 * 60_000);
  await db.update(${table}).set({ deletedAt }).where(eq(${table}.id, id));
  expect([(await undo(cookies.${maker})).status, await offered(cookies.${maker})]).toEqual([404, null]);
  await ${many.camel}OnServer.scheduled["forget deleted ${many.kebab}"]({ db, now: new Date() });
  expect(await db.$count(${table}, eq(${table}.id, id))).toBe(0);
});

test("an empty required field is an error at its field, and nothing is saved", async () => {
  const { at, cookies, listed${values} } = await anOffice();
  const form = { ...values, ${title.name}: " " };
  const { status, body } = await ask(add, { ...at("/new"), cookie: cookies.owner, form });
  expect([status, body]).toEqual([400, expect.objectContaining({ error: { ${title.name}: [expect.any(String)] } })]);
  expect((await listed()).${many.camel}).toEqual([]);
});

test("another organization can neither see nor change it", async () => {
  const here = await anOffice();
  const there = await anOffice();
  const { id } = await here.added();
  expect((await there.listed()).${many.camel}).toEqual([]);
  const { one, cookies${values} } = there;
  const answers = [
    await ask(editPage, { ...one(id, "edit"), cookie: cookies.owner }),
    await ask(edit, { ...one(id, "edit"), cookie: cookies.owner, form: values }),
    await ask(remove, { ...one(id, "remove"), cookie: cookies.owner, form: {} }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(await db.$count(${table}, eq(${table}.id, id))).toBe(1);
});
${unique.map((field) => uniqueTest(resource, field)).join("")}${referenceTests(resource, parts)}${some(hasNotifications, toldTest(resource))}${picturesTest(resource)}${some(hasApi, apiTest(resource, parts))}`;
}
