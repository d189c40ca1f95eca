import { exampleOf } from "../kinds.ts";
import { type Field, type Resource, removedOf } from "../spec.ts";
import { isImage, isPerson, isUnique, needs, type Part, some, toldOf } from "./parts.ts";
import { jsonWithIds } from "./unit-test-references.ts";

// Tests that only some resources need.

/** The test of the resource's rows of the API. */
export function apiTest(resource: Resource, parts: Part[]): string {
  const { many, table, title, hasEvents } = resource;
  const isForm = parts.some(({ field }) => isImage(field) && field.isRequired);
  const others = resource.fields.filter((field) => isUnique(field) && field !== title);
  const second = others.map((field) => `, ${field.name}: "${exampleOf(field, "Second")}"`).join("");
  return `
test("a key can add one, list pages, read, change and delete it, and webhooks can receive its events", async () => {
  const { team, key, call } = await aKeyedTeam(db, Object.keys(permissions));
${some(needs(resource), "  const values = await valuesIn({ organizationId: team.organization.id, userId: team.owner.person.id });\n")}  const json = ${jsonWithIds(parts)};
  const add = (once: string, other = {}) =>
    call("/${many.kebab}", { method: "POST", ${isForm ? "form: { ...values, ...other }" : "json: { ...json, ...other }"}, headers: { "Idempotency-Key": once } });
  const { status, body } = await add("one");
  const { id } = body as { id: string };
  expect([status, (await add("one")).body]).toEqual([201, { id }]);
  await add("two", { ${title.name}: "${"The second".slice(0, title.kind.name === "line" ? title.kind.maximum : 10)}"${second} });
  expect(await db.$count(${table}, eq(${table}.organizationId, team.organization.id))).toBe(2);
  const first = (await call("/${many.kebab}?limit=1")).body as { data: { id: string }[]; next: string };
  const second = (await call(\`/${many.kebab}?limit=1&cursor=\${first.next}\`)).body as typeof first;
  expect([first.data[0]?.id === id, second.data[0]?.id, second.next]).toEqual([false, id, null]);
  expect((await call(\`/${many.kebab}/\${id}\`)).body).toMatchObject({ ...json, createdBy: { id: key.id } });
  const changed = { ...json, ${title.name}: "${"Other".slice(0, title.kind.name === "line" ? title.kind.maximum : 5)}" };
  expect((await call(\`/${many.kebab}/\${id}\`, { method: "PUT", json: changed })).status).toBe(204);
  expect((await call(\`/${many.kebab}/\${id}\`)).body).toMatchObject(changed);
  expect((await call(\`/${many.kebab}/\${id}\`, { method: "DELETE" })).status).toBe(204);
  expect((await call(\`/${many.kebab}/\${id}\`)).status).toBe(404);
  const done = await db.select().from(auditEntry).where(eq(auditEntry.targetId, id));
  expect(done).toHaveLength(3);
${some(hasEvents, "  expect(webhookEvents).toEqual(expect.arrayContaining(done.map(({ action }) => action)));\n")}});
`;
}

export function offeredTest(field: string, maker: string): string {
  return `test("a form offers the hundred members who joined first, and the chosen one", async () => {
  const { id: organizationId, people, one, at, cookies, added } = await anOffice();
  const { id } = await added({ ${field}: people.other.id });
  const hundred = sql\`with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)\`;
  const another = sql\`\${\`\${organizationId}-\`} || i\`;
  await db.batch([
    db.run(sql\`update organization set member_limit = 200 where id = \${organizationId}\`),
    db.run(sql\`insert into user (id, name, email, email_verified) \${hundred}
      select \${another}, 'Somebody', \${another} || '@person.test', 1 from n\`),
    db.run(sql\`insert into member (id, organization_id, user_id, role, created_at) \${hundred}
      select \${another}, \${organizationId}, \${another}, 'member', i from n\`),
  ]);
  const offered = async (page: Parameters<typeof ask>[0], asked: ReturnType<typeof at>) => {
    const { body } = await ask(page, { ...asked, cookie: cookies.${maker} });
    return (body as { choices: { people: { id: string }[] } }).choices.people.map((each) => each.id);
  };
  expect(await offered(addPage, at("/new"))).not.toContain(people.other.id);
  expect(await offered(editPage, one(id, "edit"))).toContain(people.other.id);
});

`;
}

/** The test of notifications, with the first field that names a member. */
export function toldTest(resource: Resource): string {
  const { one, access, title, fields } = resource;
  const [name] = fields.filter(isPerson).map((field) => field.name);
  const maker = access === "admins" ? "admin" : "member";
  return `
test("a member who is chosen gets one notification with its name, and nobody is notified about themselves", async () => {
  const { id: organizationId, people, one, cookies, added${some(needs(resource), ", values")} } = await anOffice();
  const told = (person: { id: string }) =>
    db
      .select()
      .from(notification)
      .where(and(eq(notification.userId, person.id), eq(notification.type, "${toldOf(one)}")));
  const { id } = await added({ ${name}: people.other.id });
  const name = (person: { id: string }) =>
    ask(edit, { ...one(id, "edit"), cookie: cookies.owner, form: { ...values, ${name}: person.id } });
  expect((await name(people.other)).status).toBe(303);
  expect(await told(people.other)).toMatchObject([
    { organizationId, actorId: people.${maker}.id, targetId: id, targetName: values.${title.name} },
  ]);
  await name(people.owner);
  expect(await told(people.owner)).toEqual([]);
  await name(people.other);
  expect(await told(people.other)).toHaveLength(2);
  const stranger = await aPerson(db);
  expect([(await name(stranger)).status, await told(stranger)]).toEqual([400, []]);
});
`;
}

export function uniqueTest(resource: Resource, field: Field): string {
  const { many, fields } = resource;
  const { name } = field;
  const values = some(needs(resource), ", values");
  const others = fields
    .filter((other) => isUnique(other) && other !== field)
    .map((other) => `, ${other.name}: "${exampleOf(other, "Other")}"`)
    .join("");
  const [first, other] = [exampleOf(field, "First"), exampleOf(field, "Other")];
  return `
test("a ${name} is used once in an organization, in capital or small letters, and is free while what has it is deleted", async () => {
  const { one, at, cookies, listed${values} } = await anOffice();
  const cookie = cookies.owner;
  const form = { ...values, ${name}: "${first}" };
  const five = await Promise.all([1, 2, 3, 4, 5].map(() => ask(add, { ...at("/new"), cookie, form })));
  expect(five.map(({ status }) => status).sort()).toEqual([303, 409, 409, 409, 409]);
  const [row, ...more] = (await listed()).${many.camel};
  const id = row?.id ?? "";
  expect([row?.${name}, more]).toEqual(["${first}", []]);
  for (const ${name} of ["${first.toUpperCase()}", "${first}"]) {
    const own = await ask(edit, { ...one(id, "edit"), cookie, form: { ...form, ${name} } });
    expect(own.status, "its own is no obstacle").toBe(303);
  }

  const other = { ...form, ${name}: "${other}"${others} };
  expect((await ask(add, { ...at("/new"), cookie, form: other })).status).toBe(303);
  const another = (await listed()).${many.camel}.find((each) => each.${name} === "${other}")?.id ?? "";
  const late = await ask(edit, { ...one(another, "edit"), cookie, form: { ...other, ${name}: "${first.toLowerCase()}" } });
  expect([late.status, late.body]).toEqual([409, expect.objectContaining({ error: { ${name}: [expect.any(String)] } })]);

  await ask(remove, { ...one(id, "remove"), cookie, form: {} });
  expect((await ask(edit, { ...one(another, "edit"), cookie, form: { ...other, ${name}: "${first}" } })).status).toBe(303);
  expect((await ask(restore, { ...one(id, "restore"), cookie, form: {} })).status).toBe(409);
  const there = await anOffice();
  expect((await there.added({ ${name}: "${first}" })).status, "in another organization").toBe(303);
  const undo = there.one(id, "restore");
  expect((await ask(restore, { ...undo, cookie: there.cookies.owner, form: {} })).status, "of another").toBe(404);
});
`;
}

/** The tests of the first picture field; other pictures are stored in the same way. */
export function picturesTest(resource: Resource): string {
  const { many, one, table, fields, access } = resource;
  const values = some(needs(resource), ", values");
  const images = fields.filter(isImage);
  const [first] = images;
  if (first === undefined) return "";
  const { name, isRequired } = first;
  const maker = access === "admins" ? "admin" : "member";
  const others = images.length - 1;
  const taken = isRequired
    ? ""
    : `
  const without = await ask(edit, { ...one(id, "edit"), cookie, form: { ...texts, ${removedOf(name)}: "yes" } });
  expect(without.status).toBe(303);
  expect((await listed()).${many.camel}[0]?.${name}).toBeNull();
  expect((await stored()).length).toBe(${others});`;
  return `
test("only members of the organization can see a picture, and it leaves storage when another replaces it", async () => {
  const { id: organizationId, slug, cookies, one, listed, added${values} } = await anOffice();
  const { id } = await added();
  const cookie = cookies.${maker};
  const stored = async () =>
    (await env.FILES.list({ prefix: \`organizations/\${organizationId}/${many.kebab}/\` })).objects.map(({ key }) => key);
  const current = async () => (await listed()).${many.camel}[0]?.${name} ?? "";
  const open = (picture: string, cookie: string | null, organization = slug) => {
    const params = { organization, ${one.camel}: id, ${one.camel}Picture: picture };
    const url = \`/files/\${organization}/${many.kebab}/\${id}/\${picture}\`;
    return ask(file, { url, params, cookie, headers: { Accept: "application/json" } });
  };
  const picture = await current();
  const shown = await open(picture, cookies.other);
  expect([shown.status, shown.headers.get("Content-Type"), shown.services.trace.trips]).toEqual([200, "image/webp", 1]);
  const there = await anOffice();
  const stray = crypto.randomUUID();
  const strayKey = \`organizations/\${organizationId}/${many.kebab}/\${id}/\${stray}\`;
  await env.FILES.put(strayKey, "of no row");
  const refused = [
    await open(picture, null),
    await open(picture, there.cookies.owner),
    await open(picture, there.cookies.owner, there.slug),
    await open(stray, cookies.owner),
  ];
  await env.FILES.delete(strayKey);
  expect(refused.map(({ status }) => status)).toEqual([401, 404, 404, 404]);

  const texts = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));
  await ask(edit, { ...one(id, "edit"), cookie, form: texts });
  expect(await current()).toBe(picture);
  const { status } = await ask(edit, { ...one(id, "edit"), cookie, form: { ...texts, ${name}: aPhotograph() } });
  expect([status, (await open(picture, cookie)).status]).toEqual([303, 404]);
  expect((await stored()).length).toBe(${images.length});
  expect(await stored()).toContain(\`organizations/\${organizationId}/${many.kebab}/\${id}/\${await current()}\`);

  const known = async () => (await ${many.camel}OnServer.files(db).known(await stored())).size;
  await ask(remove, { ...one(id, "remove"), cookie, form: {} });
  expect(await known(), "while it can be restored").toBe(${images.length});
  await ask(restore, { ...one(id, "restore"), cookie, form: {} });${taken}
  await db.delete(${table}).where(eq(${table}.id, id));
  expect(await known(), "the sweep takes what no row speaks of").toBe(0);
});

test("a file that is not a picture, too large or damaged is an error at its field, and nothing is saved", async () => {
  const { id, at, cookies, listed${values} } = await anOffice();
  for (const [sent, expected] of [
    [new File(["text"], "text.png", { type: "image/png" }), 415],
    [aPicture({ size: 5_000_001 }), 413],
    [aDamagedPicture(), 415],
  ] as const) {
    const form = { ...values, ${name}: sent };
    const { status, body } = await ask(add, { ...at("/new"), cookie: cookies.owner, form });
    expect([status, body]).toEqual([expected, expect.objectContaining({ error: { ${name}: [expect.any(String)] } })]);
  }
  expect((await listed()).${many.camel}).toEqual([]);
  expect((await env.FILES.list({ prefix: \`organizations/\${id}/${many.kebab}/\` })).objects).toEqual([]);
});
`;
}
