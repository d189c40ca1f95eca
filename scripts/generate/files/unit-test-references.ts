import type { Field, Resource, Target } from "../spec.ts";
import { jsonOf } from "./api.ts";
import { importsOfFurnish } from "./journey.ts";
import { isImage, joined, named, needs, type Part, some, targetsOf } from "./parts.ts";

// Tests of fields that refer to rows of other resources.

const rowsIn = ({ fields }: Resource) =>
  fields.flatMap((field) => (field.kind.name === "row" ? [{ field, to: field.kind.to }] : []));

export function importsOfReferences(resource: Resource): string {
  const targets = targetsOf(resource);
  const restored = targetsOf({ fields: resource.fields.filter(({ isRequired }) => !isRequired) });
  const route = ({ many }: Target, end: string) => `#app/routes/organizations/${many.kebab}.${end}.ts`;
  const everyone = { fields: resource.fields.map((field) => ({ ...field, isRequired: true })) };
  return [
    ...(needs(resource) ? ['import { organization } from "#app/db/schema/organizations.ts";\n'] : []),
    importsOfFurnish(everyone, (folder) => `#app/${folder}/feature.test-data.ts`),
    ...targets.map((to) => `import { action as ${named("remove", to)} } from "${route(to, "remove")}";\n`),
    ...(restored.length > 0 ? ['import { loader as exportAccount } from "#app/routes/settings/export.ts";\n'] : []),
    ...restored.map((to) => `import { action as ${named("restore", to)} } from "${route(to, "restore")}";\n`),
  ].join("");
}

/** What makes rows of other resources, and the values that a form of the tests sends. */
export function valuesOf(resource: Resource, sent: string[]): string {
  const targets = targetsOf(resource);
  const makers = targets.map(
    (to) => `
async function ${named("made", to)}(place: Place): Promise<string> {
  return (await furnish${to.many.pascal}(db, place)).${to.table} ?? "";
}
`,
  );
  const needed = targetsOf({ fields: resource.fields.filter(({ isRequired }) => isRequired) });
  const values = needs(resource)
    ? `
async function valuesIn(place: Place) {
${joined(needed.map((to) => `  const ${to.table}Id = await ${named("made", to)}(place);`))}
  return { ${sent.join(", ")} };
}
`
    : `const values = { ${sent.join(", ")} };\n`;
  return `${some(targets.length > 0, "type Place = { organizationId: string; userId: string };\n")}${values}${makers.join("")}`;
}

export function referenceTests(resource: Resource, parts: Part[]): string {
  const rows = rowsIn(resource);
  return [
    ...targetsOf(resource).map((to) => {
      const [first] = rows.filter((each) => each.to.table === to.table);
      return first === undefined ? "" : choicesTest(resource, first.field, to);
    }),
    ...rows.map(({ field, to }) => refusalTest(resource, field, to)),
    ...(resource.hasApi ? rows.map(({ field, to }) => apiRefusalTest(resource, parts, { field, to })) : []),
    ...rows.map(({ field, to }) => (field.isRequired ? neededTest : emptiedTest)(resource, field, to)),
  ].join("");
}

const called = ({ many }: Target) => many.words.toLowerCase();

function choicesTest({ access }: Resource, { name }: Field, to: Target): string {
  const maker = access === "admins" ? "admin" : "member";
  const { table: other, many, unique } = to;
  const once = unique.map(
    (field) => `    if (column === ${other}.${field}) return sql\`lower(hex(randomblob(4)))\`;\n`,
  );
  return `
test("a form offers the newest ${called(to)} of its organization that are not deleted, and the chosen one", async () => {
  const here = await anOffice();
  const there = await anOffice();
  const place = { organizationId: here.id, userId: here.people.owner.id };
  const [chosen, gone] = [await ${named("made", to)}(place), await ${named("made", to)}(place)];
  const foreign = await ${named("made", to)}({ organizationId: there.id, userId: there.people.owner.id });
  await db.update(${other}).set({ deletedAt: new Date() }).where(eq(${other}.id, gone));
  const { id } = await here.added({ ${name}: chosen });
  const offered = async (page: Parameters<typeof ask>[0], asked: ReturnType<typeof here.at>) => {
    const { body, services } = await ask(page, { ...asked, cookie: here.cookies.${maker} });
    expect(services.trace.trips).toBe(1);
    return (body as { choices: Choices }).choices.${many.camel}.map((each) => each.id);
  };
  const few = await offered(addPage, here.at("/new"));
  expect([chosen, gone, foreign].map((each) => few.includes(each))).toEqual([true, false, false]);

  const columns = Object.values(getTableColumns(${other}));
  const copied = columns.map((column) => {
    if (column === ${other}.id) return sql\`\${column} || '-' || copy\`;
${once.join("")}    return column === ${other}.createdAt ? sql\`\${column} + copy\` : sql\`\${column}\`;
  });
  const names = columns.map((column) => sql.identifier(column.name));
  await db.run(sql\`insert into \${${other}} (\${sql.join(names, sql\`, \`)})
    with recursive copies(copy) as (select 1 union all select copy + 1 from copies where copy < \${ROWS_OFFERED})
    select \${sql.join(copied, sql\`, \`)} from \${${other}}, copies where \${eq(${other}.id, chosen)}\`);
  const many = await offered(addPage, here.at("/new"));
  expect([many.length, many.includes(chosen)]).toEqual([ROWS_OFFERED, false]);
  expect(await offered(editPage, here.one(id, "edit"))).toContain(chosen);
});
`;
}

/** Three ids that a field cannot refer to, in the organization of `place`. */
function wrongOnes(to: Target): string {
  const { table: other } = to;
  return `  const gone = await ${named("made", to)}(place);
  await db.update(${other}).set({ deletedAt: new Date() }).where(eq(${other}.id, gone));
  const there = await anOffice();
  const foreign = await ${named("made", to)}({ organizationId: there.id, userId: there.people.owner.id });`;
}

function refusalTest(resource: Resource, { name }: Field, to: Target): string {
  return `
test("${titleOf(name, to)} are refused in the form, at the field, and nothing is saved", async () => {
  const { id: organizationId, people, one, at, cookies, listed, added${some(needs(resource), ", values")} } = await anOffice();
  const place = { organizationId, userId: people.owner.id };
  const kept = await ${named("made", to)}(place);
${wrongOnes(to)}
  const { id } = await added({ ${name}: kept });
  for (const wrong of [foreign, gone, crypto.randomUUID()]) {
    const asked = { cookie: cookies.owner, form: { ...values, ${name}: wrong } };
    for (const answer of [await ask(add, { ...at("/new"), ...asked }), await ask(edit, { ...one(id, "edit"), ...asked })]) {
      const expected = expect.objectContaining({ error: { ${name}: [expect.any(String)] } });
      expect([answer.status, answer.body]).toEqual([400, expected]);
    }
  }
  expect((await listed()).${resource.many.camel}).toMatchObject([{ id, ${name}: kept, ${name}Name: expect.any(String) }]);
});
`;
}

function titleOf(name: string, to: Target): string {
  return `as ${name}, ${called(to)} of another organization, deleted ones and ones that never were`;
}

/** The fields of a JSON body for tests, with the ids that `values` has in place of their names. */
export function jsonWithIds(parts: Part[]): string {
  return jsonOf(parts).replaceAll(/(\w+): "@\w+"/g, "$1: values.$1");
}

function apiRefusalTest(
  resource: Resource,
  parts: Part[],
  { field: { name }, to }: { field: Field; to: Target },
): string {
  const { many, table } = resource;
  const isForm = parts.some(({ field }) => isImage(field) && field.isRequired);
  return `
test("${titleOf(name, to)} are refused by the API, and nothing is saved", async () => {
  const { team, call } = await aKeyedTeam(db, Object.keys(permissions));
  const place = { organizationId: team.organization.id, userId: team.owner.person.id };
${some(needs(resource), "  const values = await valuesIn(place);\n")}  const json = ${jsonWithIds(parts)};
${wrongOnes(to)}
  const add = (other = {}) => call("/${many.kebab}", { method: "POST", ${isForm ? "form: { ...values, ...other }" : "json: { ...json, ...other }"} });
  const { id } = (await add()).body as { id: string };
  const before = (await call(\`/${many.kebab}/\${id}\`)).body;
  for (const wrong of [foreign, gone, crypto.randomUUID()]) {
    const put = { method: "PUT", json: { ...json, ${name}: wrong } };
    for (const { status, body } of [await add({ ${name}: wrong }), await call(\`/${many.kebab}/\${id}\`, put)])
      expect([status, body]).toEqual([400, expect.objectContaining({ code: "${name}-is-missing" })]);
  }
  expect((await call(\`/${many.kebab}/\${id}\`)).body).toEqual(before);
  expect(await db.$count(${table}, eq(${table}.organizationId, team.organization.id))).toBe(1);
});
`;
}

function doorOf({ many, table }: Target): string {
  return `  const there = (to: Parameters<typeof ask>[0], what: string) =>
    ask(to, {
      url: \`/organizations/\${slug}/${many.kebab}/\${other}/\${what}\`,
      params: { organization: slug, ${table}: other },
      cookie: cookies.owner,
      form: {},
    });`;
}

function emptiedTest({ access, many, table }: Resource, { name }: Field, to: Target): string {
  const maker = access === "admins" ? "admin" : "member";
  return `
test("as ${name}, one of the ${called(to)} that is deleted is none in the list and the export, until it is restored", async () => {
  const { id: organizationId, slug, people, cookies, listed, added } = await anOffice();
  const other = await ${named("made", to)}({ organizationId, userId: people.owner.id });
  await added({ ${name}: other });
  const shown = async () => {
    const { body } = await ask(exportAccount, { url: "/settings/account/export", cookie: cookies.${maker} });
    const exported = (body as { ${many.camel}: { ${name}: string | null }[] }).${many.camel}.map((each) => each.${name});
    return [...(await listed()).${many.camel}.flatMap((each) => [each.${name}, each.${name}Name !== null]), ...exported];
  };
${doorOf(to)}
  expect(await shown()).toEqual([other, true, other]);
  expect((await there(${named("remove", to)}, "remove")).status).toBe(303);
  expect(await shown()).toEqual([null, false, null]);
  expect((await there(${named("restore", to)}, "restore")).status).toBe(303);
  expect(await shown()).toEqual([other, true, other]);
  await db.delete(${to.table}).where(eq(${to.table}.id, other));
  expect(await db.select({ left: ${table}.${name} }).from(${table}).where(eq(${table}.organizationId, organizationId))).toEqual([
    { left: null },
  ]);
});
`;
}

function neededTest({ table }: Resource, { name }: Field, to: Target): string {
  return `
test("as ${name}, one of the ${called(to)} cannot be deleted, even if what needs it was, as long as that can be restored", async () => {
  const { id: organizationId, slug, people, one, cookies, added } = await anOffice();
  const other = await ${named("made", to)}({ organizationId, userId: people.owner.id });
  const { id } = await added({ ${name}: other });
${doorOf(to)}
  const drop = async () => (await there(${named("remove", to)}, "remove")).status;
  expect(await drop()).toBe(409);
  await ask(remove, { ...one(id, "remove"), cookie: cookies.owner, form: {} });
  expect(await drop()).toBe(409);
  await db.delete(${table}).where(eq(${table}.id, id));
  expect(await drop()).toBe(303);
  await added();
  await db.delete(organization).where(eq(organization.id, organizationId));
  expect(await db.$count(${table}, eq(${table}.organizationId, organizationId))).toBe(0);
});
`;
}
