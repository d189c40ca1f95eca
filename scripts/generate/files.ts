import { choicesOf, keyOf, namesOfChoices, type Parts, partsOf } from "./kinds.ts";
import type { Access, Field, Resource } from "./spec.ts";

type Written = { path: string; content: string };
type Part = { field: Field; parts: Parts };

/** The files of a resource, without messages and not formatted. */
export function filesOf(resource: Resource): Written[] {
  const { many, one } = resource;
  const parts = resource.fields.map((field) => ({ field, parts: partsOf(field, resource) }));
  const app = (file: string) => `app/${many.kebab}/${file}`;
  const route = (file: string) => `app/routes/organizations/${many.kebab}${file}`;
  return [
    { path: `app/db/schema/${many.kebab}.ts`, content: schema(resource, parts) },
    { path: app("feature.ts"), content: feature(resource) },
    { path: app("feature.view.ts"), content: featureView(resource) },
    { path: app("feature.server.ts"), content: featureServer(resource) },
    { path: app("schemas.ts"), content: schemas(resource, parts) },
    { path: app(`${many.kebab}.server.ts`), content: reads(resource, parts) },
    { path: app(`${one.kebab}-writes.server.ts`), content: writes(resource, parts) },
    { path: app("operations.server.ts"), content: operations(resource) },
    { path: app(`${many.kebab}-view.tsx`), content: view(resource, parts) },
    { path: app(`${one.kebab}-form.tsx`), content: formOf(resource, parts) },
    { path: app(`${one.kebab}-pages.tsx`), content: pages(resource) },
    ...choices(resource, app("choices.ts")),
    { path: app(`${many.kebab}.test.ts`), content: testOf(resource, parts) },
    { path: app("feature.test-data.ts"), content: testData(resource, parts) },
    { path: `e2e/${many.kebab}/furnish.ts`, content: furnishing(resource, parts) },
    { path: `e2e/${many.kebab}/journey.test.ts`, content: journey(resource, parts) },
    { path: route(".tsx"), content: listRoute(resource) },
    { path: route(".new.ts"), content: newRoute(resource) },
    { path: route(".edit.ts"), content: editRoute(resource) },
    { path: route(".remove.ts"), content: removeRoute(resource) },
  ];
}

const isPerson = ({ kind }: Field) => kind.name === "person";
const isChoice = ({ kind }: Field) => kind.name === "choice";
const joined = (lines: readonly string[]) => lines.join("\n");
const some = (is: boolean, text: string) => (is ? text : "");

function schema({ one, table, fields, title }: Resource, parts: Part[]): string {
  const kinds = new Set([
    "integer",
    "text",
    ...fields.flatMap(({ kind }) => (kind.name === "decimal" ? ["real"] : [])),
  ]);
  return `import { sql } from "drizzle-orm";
import { check, index, ${[...kinds].join(", ")}, sqliteTable } from "drizzle-orm/sqlite-core";
import { belongingTo } from "#app/tenancy/tables.ts";
import { createdAt, updatedAt } from "./columns.ts";
import { organization } from "./organizations.ts";
import { user } from "./people.ts";

export const ${table} = belongingTo(
  sqliteTable(
    "${one.snake}",
    {
      id: text("id").primaryKey(),
      organizationId: text("organization_id").notNull().references(() => organization.id, { onDelete: "cascade" }),
      createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
${joined(parts.map(({ field, parts }) => `      ${field.name}: ${parts.column},`))}
      /** Its texts in the form in which they are searched. */
      search: text("search").notNull(),
      createdAt: createdAt(),
      updatedAt: updatedAt(),
    },
    (table) => [
      index("${one.snake}_organization_newest").on(table.organizationId, table.createdAt, table.id),
      index("${one.snake}_organization_${title.column}").on(table.organizationId, table.${title.name}, table.id),
      index("${one.snake}_created_by").on(table.createdBy),
${joined(fields.filter(isPerson).map(({ name, column }) => `      index("${one.snake}_${column}").on(table.${name}),`))}
${joined(parts.flatMap(({ parts }) => (parts.check ? [`      ${parts.check},`] : [])))}
    ],
  ),
  { organization: "organizationId", maker: "createdBy" },
);
`.replace(
    "import { check, index, integer,",
    fields.some(({ kind }) => ["whole", "money", "tick"].includes(kind.name))
      ? "import { check, index, integer,"
      : "import { check, index,",
  );
}

const reaches: Record<Access, { make: string; change: string }> = {
  own: { make: "everyone", change: "ownOrAdmins" },
  any: { make: "everyone", change: "everyone" },
  admins: { make: "admins", change: "admins" },
};

function feature({ many, one, domain, area, access }: Resource): string {
  const { make, change } = reaches[access];
  const names = [...new Set(["everyone", make, change])].sort();
  return `import type { Feature } from "#app/tenancy/feature.ts";
import { ${names.join(", ")} } from "#app/tenancy/roles.ts";

const actions = ["${one.kebab}.added", "${one.kebab}.changed", "${one.kebab}.removed"] as const;

export const ${domain} = {
  permissions: {
    "${many.kebab}:read": everyone,
    "${many.kebab}:create": ${make},
    "${many.kebab}:update": ${change},
    "${many.kebab}:delete": ${change},
  },
  actions,
  openActions: actions,
  messages: { ${area}: "signed-in" },
  slugs: ["${many.kebab}"],
} as const satisfies Feature;
`;
}

function featureView({ many, one, domain, area }: Resource): string {
  const logged = (action: string, did: string) => `    "${one.kebab}.${action}": {
      did: ({ name }) => m.${area}_did_${did}({ name }),
      name: () => m.${area}_action_${action}(),
    },`;
  return `import { href } from "react-router";
import { m } from "#app/i18n/messages.ts";
import type { FeatureView } from "#app/tenancy/feature-view.ts";
import type { ${domain} } from "./feature.ts";

export const ${many.camel}View = {
  places: [
    {
      permission: "${many.kebab}:read",
      icon: "table",
      label: () => m.${area}_place(),
      hrefIn: (organization: string) => href("/organizations/:organization/${many.kebab}", { organization }),
    },
  ],
  logged: {
${joined([logged("added", "add"), logged("changed", "change"), logged("removed", "remove")])}
  },
} satisfies FeatureView<typeof ${domain}>;
`;
}

function featureServer({ many, table, fields }: Resource): string {
  const persons = ["createdBy", ...fields.filter(isPerson).map(({ name }) => name)];
  return `import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import { organizationOf } from "#app/db/schema/organizations.ts";
import type { ServerFeature } from "#app/tenancy/feature.server.ts";

export const ${many.camel}OnServer = {
  exported: {
    ${many.camel}: {
      table: ${table},
      byId: [${persons.map((name) => `${table}.${name}`).join(", ")}],
      more: () => ({ organization: organizationOf(${table}.organizationId, "name") }),
    },
  },
  emptied: [${table}],
} satisfies ServerFeature;
`;
}

function choices({ fields }: Resource, path: string): Written[] {
  const lists = fields.filter(isChoice).map((field) => {
    const { kind } = field;
    const list = kind.name === "choice" ? kind.choices.map((each) => `"${each}"`).join(", ") : "";
    return `export const ${choicesOf(field)} = [${list}] as const;`;
  });
  return lists.length === 0 ? [] : [{ path, content: `${joined(lists)}\n` }];
}

function importOfChoices({ fields }: Resource): string {
  const lists = fields.filter(isChoice).map(choicesOf);
  return some(lists.length > 0, `import { ${lists.join(", ")} } from "./choices.ts";\n`);
}

function schemas(resource: Resource, parts: Part[]): string {
  const { many, one, title } = resource;
  const readers = new Set(parts.map(({ parts }) => /^\w+/.exec(parts.schema)?.[0] ?? ""));
  return `import { z } from "zod";
import { Once } from "#app/fields/once.server.ts";
import { PageNumber } from "#app/fields/page-number.ts";
import { ${[...readers].sort().join(", ")} } from "#app/fields/values.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { nameOf } from "#app/text/names.ts";
${importOfChoices(resource)}
export const ${one.pascal}Id = z.uuid().brand<"${one.pascal}Id">();
export type ${one.pascal}Id = z.infer<typeof ${one.pascal}Id>;

const Sort = z.enum(["newest", "oldest", "${title.name}"]);
export type Sort = z.infer<typeof Sort>;

export const ${many.pascal}Page = InOrganization.extend({
  page: PageNumber,
  search: z.string().transform(nameOf).default(""),
  sort: Sort.default("newest"),
});

export const One${one.pascal} = InOrganization.extend({ ${one.camel}: ${one.pascal}Id });

const fields = {
${joined(parts.map(({ field, parts }) => `  ${field.name}: ${parts.schema},`))}
};

export const Add${one.pascal} = InOrganization.extend({ ...fields, once: Once });
export type Add${one.pascal} = z.infer<typeof Add${one.pascal}>;

export const Change${one.pascal} = One${one.pascal}.extend(fields);
export type Change${one.pascal} = z.infer<typeof Change${one.pascal}>;
`;
}

function reads(resource: Resource, parts: Part[]): string {
  const { many, one, table, fields, title } = resource;
  const persons = fields.filter(isPerson);
  const hasPeople = persons.length > 0;
  const details = hasPeople ? `{ ${one.camel}: ${one.pascal}; people: Person[] }` : `{ ${one.camel}: ${one.pascal} }`;
  const typed = parts.flatMap(({ field, parts }) => [
    `  ${field.name}: ${parts.type};`,
    ...(isPerson(field) ? [`  ${field.name}Name: string | null;`] : []),
  ]);
  const picked = fields.flatMap((field) => [
    `      ${field.name}: ${table}.${field.name},`,
    ...(isPerson(field) ? [`      ${field.name}Name: nameOf(${table}.${field.name}),`] : []),
  ]);
  return `import { asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
${some(hasPeople, 'import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";\n')}import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type OutOfReach, outOfReach, type Plan, plan } from "#app/operation/plan.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { searchForm } from "#app/text/search-form.ts";
${some(fields.some(isChoice), `import type { ${fields.filter(isChoice).map(choicesOf).join(", ")} } from "./choices.ts";\n`)}import type { ${one.pascal}Id, Sort } from "./schemas.ts";

const PER_PAGE = 25;

export type ${one.pascal} = {
  id: string;
${joined(typed)}
  createdAt: number;
  createdBy: { id: string; name: string } | null;
  canChange: boolean;
  canRemove: boolean;
};

export type ${many.pascal}Page = {
  ${many.camel}: ${one.pascal}[];
  page: number;
  pages: number;
  search: string;
  sort: Sort;
  canAdd: boolean;
};

const orders: Record<Sort, SQL[]> = {
  newest: [desc(${table}.createdAt), desc(${table}.id)],
  oldest: [asc(${table}.createdAt), asc(${table}.id)],
  ${title.name}: [asc(${table}.${title.name}), asc(${table}.id)],
};

/** A page past the last one is empty, and says how many there are. */
export function ${many.camel}Page(
  scope: Scope<"${many.kebab}:read">,
  { page, search, sort }: { page: number; search: string; sort: Sort },
): Plan<${many.pascal}Page> {
  const found = search === "" ? undefined : sql\`instr(\${${table}.search}, \${searchForm(search)}) > 0\`;
  const ids = scope
    .select({ id: ${table}.id })
    .from(${table})
    .where(found)
    .orderBy(...orders[sort])
    .limit(PER_PAGE)
    .offset((page - 1) * PER_PAGE);
  const rows = rowsOf(scope, inArray(${table}.id, ids)).orderBy(...orders[sort]);
  const totals = scope.select({ total: count() }).from(${table}).where(found);
  return plan({ rows, totals, own: ownRole(scope) }, ({ rows, totals: [figure], own: [viewer] }) => ({
    ${many.camel}: rows.map((row) => to${one.pascal}(row, scope.viewer?.userId)),
    page,
    pages: Math.max(1, Math.ceil((figure?.total ?? 0) / PER_PAGE)),
    search,
    sort,
    canAdd: can(viewer?.role ?? "member", "${many.kebab}:create"),
  }));
}

type Seeing = Scope<"${many.kebab}:read" | "${many.kebab}:update" | "${many.kebab}:delete">;

export type ${one.pascal}Details = ${details};

export function ${one.camel}Details(
  scope: Seeing,
  { ${one.camel}: id }: { ${one.camel}: ${one.pascal}Id },
): Plan<${one.pascal}Details | OutOfReach | null> {
  const row = rowsOf(scope, eq(${table}.id, id));
  const known = scope.selectOfAnyone({ id: ${table}.id }).from(${table}).where(eq(${table}.id, id));
  return plan({ row, known${some(hasPeople, ", people: peopleOf(scope)")} }, ({ row: [found], known${some(hasPeople, ", people")} }) => {
    if (found === undefined) return known.length === 0 ? null : outOfReach;
    return { ${one.camel}: to${one.pascal}(found, scope.viewer?.userId)${some(hasPeople, ", people")} };
  });
}
${some(
  hasPeople,
  `
export type Person = { id: string; name: string };

const PEOPLE_MAXIMUM = 500;

/** Whom a form offers. */
export function peopleOf(scope: Scope<"${many.kebab}:create"> | Seeing) {
  return scope
    .select({ id: user.id, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .orderBy(asc(user.name), asc(user.id))
    .limit(PEOPLE_MAXIMUM);
}

export function newDetails(scope: Scope<"${many.kebab}:create">): Plan<{ people: Person[] }> {
  return plan({ people: peopleOf(scope) }, ({ people }) => ({ people }));
}

function nameOf(person: AnySQLiteColumn) {
  return sql<string | null>\`(select name from "user" where "user".id = \${person})\`;
}
`,
)}
function ownRole(scope: Seeing) {
  return scope.select({ role: member.role }).from(member).where(eq(member.userId, scope.userId));
}

function rowsOf(scope: Seeing, which: SQL) {
  return scope
    .selectPicked({
      id: ${table}.id,
${joined(picked)}
      createdAt: ${table}.createdAt,
      createdBy: { id: user.id, name: user.name },
      viewerRole: sql<Role>\`(\${ownRole(scope)})\`,
    })
    .from(${table})
    .leftJoin(user, eq(user.id, ${table}.createdBy))
    .where(which);
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function to${one.pascal}({ viewerRole, createdAt, ...row }: Row, viewerId: string | undefined): ${one.pascal} {
  const isOwn = row.createdBy?.id === viewerId;
  return {
    ...row,
    createdAt: createdAt.getTime(),
    canChange: can(viewerRole, "${many.kebab}:update", isOwn),
    canRemove: can(viewerRole, "${many.kebab}:delete", isOwn),
  };
}
`;
}

function writes(resource: Resource, parts: Part[]): string {
  const { many, one, table, fields, title } = resource;
  const persons = fields.filter(isPerson);
  const texts = parts.flatMap(({ field: { name, kind } }) =>
    kind.name === "line" || kind.name === "lines"
      ? [`fields.${name}`]
      : kind.name === "tags"
        ? [`...fields.${name}`]
        : [],
  );
  const members = persons.map(({ name }) => `isMember(grant, fields.${name})`);
  const ids = persons.map(({ name }) => `${name}: isMember(grant, fields.${name})`).join(", ");
  const reasons = persons.map(({ name }) => `"${name}-is-no-member"`);
  const refusals = joined(
    persons.map(({ name }) => `  if (!facts.people[0]?.${name}) return { ok: false, reason: "${name}-is-no-member" };`),
  );
  const hasPeople = persons.length > 0;
  return `import { eq, sql } from "drizzle-orm";
import { change } from "#app/change/change.server.ts";
${some(hasPeople, 'import { member } from "#app/db/schema/organizations.ts";\n')}import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import { idOnce } from "#app/fields/once.server.ts";
import type { Grant } from "#app/operation/grant.server.ts";
import { searchForm } from "#app/text/search-form.ts";
import type { Add${one.pascal}, Change${one.pascal}, ${one.pascal}Id } from "./schemas.ts";

type Fields = Omit<Add${one.pascal}, "organization" | "once">;

export async function add${one.pascal}(
  grant: Grant<"${many.kebab}:create">,
  { organization: _, once, ...fields }: Add${one.pascal},
): Promise<{ ok: true; id: string }${some(hasPeople, ` | { ok: false; reason: ${reasons.join(" | ")} }`)}> {
  const { organizationId, actor, newId, now } = grant;
  const id = idOnce({ once, equal: [organizationId, JSON.stringify(fields)], actor, newId });
  ${some(hasPeople, "const { facts } = ")}await change(grant, {
    action: "${one.kebab}.added",
    target: { id, name: fields.${title.name} },
    where: [sql\`not exists (select 1 from \${${table}} where \${eq(${table}.id, id)})\`${members.map((each) => `, ${each}`).join("")}],
    makes: (entry) => ({
      row: entry.insert(${table}, { id, ...fields, search: searchOf(fields), createdAt: now, updatedAt: now }),
    }),
${some(hasPeople, `    facts: (entry) => ({ people: entry.asks({ ${ids} }) }),\n`)}  });
${refusals}
  return { ok: true, id };
}

type Changed = { ok: true } | { ok: false; reason: "not-found" | "not-yours"${some(hasPeople, ` | ${reasons.join(" | ")}`)} };

export async function change${one.pascal}(
  grant: Grant<"${many.kebab}:update">,
  { organization: _, ${one.camel}: id, ...fields }: Change${one.pascal},
): Promise<Changed> {
  const { isMade, facts } = await change(grant, {
    action: "${one.kebab}.changed",
    ...called,
    after: { name: fields.${title.name} },
    where: [eq(${table}.id, id)${members.map((each) => `, ${each}`).join("")}],
    makes: (entry) => ({
      row: entry.update(${table}, { ...fields, search: searchOf(fields), updatedAt: grant.now }, eq(${table}.id, id)),
    }),
    facts: ${hasPeople ? `(entry) => ({ ...whyNot(grant, id), people: entry.asks({ ${ids} }) })` : "whyNot(grant, id)"},
  });
  if (isMade) return { ok: true };
${refusals}
  return refused(facts);
}

export async function remove${one.pascal}(
  grant: Grant<"${many.kebab}:delete">,
  { ${one.camel}: id }: { ${one.camel}: ${one.pascal}Id },
): Promise<{ ok: true } | { ok: false; reason: "not-found" | "not-yours" }> {
  const { isMade, facts } = await change(grant, {
    action: "${one.kebab}.removed",
    ...called,
    where: eq(${table}.id, id),
    makes: (entry) => ({ row: entry.remove(${table}, eq(${table}.id, id)) }),
    facts: whyNot(grant, id),
  });
  return isMade ? { ok: true } : refused(facts);
}

/** The log remembers it by the name from before the change. */
const called = { from: ${table}, target: { id: ${table}.id, name: ${table}.${title.name} }, before: { name: ${table}.${title.name} } };

function searchOf(fields: Fields): string {
  return searchForm([${texts.join(", ")}].filter((text) => text !== null).join(" "));
}
${some(
  hasPeople,
  `
/** Nobody is a member of every organization. */
function isMember(grant: Grant<"${many.kebab}:create" | "${many.kebab}:update">, person: string | null) {
  return sql<boolean>\`(\${person} is null or exists \${grant.select({ id: member.id }).from(member).where(sql\`\${member.userId} = \${person}\`)})\`;
}
`,
).replace("/** Nobody is a member of every organization. */\n", "")}
function whyNot(grant: Grant<"${many.kebab}:update" | "${many.kebab}:delete">, id: ${one.pascal}Id) {
  return { known: grant.selectOfAnyone({ id: ${table}.id }).from(${table}).where(eq(${table}.id, id)) };
}

function refused({ known }: { known: unknown[] }) {
  return { ok: false, reason: known.length === 1 ? "not-yours" : "not-found" } as const;
}
`;
}

function operations({ many, one, area, fields }: Resource): string {
  const persons = fields.filter(isPerson);
  const byPerson = joined(
    persons.map(
      ({ name }) =>
        `  "${name}-is-no-member": { status: 400, field: "${name}", message: () => m.${area}_not_member() },`,
    ),
  );
  const hasPeople = persons.length > 0;
  return `import { m } from "#app/i18n/messages.ts";
import { changeLimit } from "#app/operation/limits.server.ts";
import { read, write } from "#app/operation/operation.server.ts";
${some(!hasPeople, 'import { nothing } from "#app/operation/plan.ts";\n')}import { InOrganization } from "#app/tenancy/slug.ts";
import { add${one.pascal}, change${one.pascal}, remove${one.pascal} } from "./${one.kebab}-writes.server.ts";
import { ${hasPeople ? "newDetails, " : ""}${one.camel}Details, ${many.camel}Page } from "./${many.kebab}.server.ts";
import { Add${one.pascal}, Change${one.pascal}, ${many.pascal}Page, One${one.pascal} } from "./schemas.ts";

const changeRefused = {
  "not-found": { status: 404, message: () => m.${area}_gone() },
  "not-yours": { status: 403, message: () => m.${area}_not_yours() },
} as const;
${some(hasPeople, `\nconst noMember = {\n${byPerson}\n} as const;\n`)}
export const list${many.pascal} = read({
  validate: ${many.pascal}Page,
  authenticate: "person",
  authorize: "${many.kebab}:read",
  execute: ${many.camel}Page,
});

export const askForNew${one.pascal} = read({
  validate: InOrganization,
  authenticate: "person",
  authorize: "${many.kebab}:create",
  execute: ${hasPeople ? "newDetails" : "nothing"},
});

export const make${one.pascal} = write({
  validate: Add${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:create",
  limit: changeLimit,
  execute: add${one.pascal},
  refused: ${hasPeople ? "noMember" : "{}"},
});

export const askForChange = read({
  validate: One${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:update",
  execute: ${one.camel}Details,
});

export const edit${one.pascal} = write({
  validate: Change${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:update",
  limit: changeLimit,
  execute: change${one.pascal},
  refused: ${hasPeople ? "{ ...changeRefused, ...noMember }" : "changeRefused"},
});

export const askForRemoval = read({
  validate: One${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:delete",
  execute: ${one.camel}Details,
});

export const delete${one.pascal} = write({
  validate: One${one.pascal},
  authenticate: "person",
  authorize: "${many.kebab}:delete",
  limit: changeLimit,
  execute: remove${one.pascal},
  refused: changeRefused,
});
`;
}

function view(resource: Resource, parts: Part[]): string {
  const { many, one, area, fields, title } = resource;
  const longs = fields.filter(({ kind }) => kind.name === "lines");
  const shown = parts.filter(({ field }) => field !== title && !longs.includes(field));
  const money = fields.some(({ kind }) => kind.name === "money");
  const formats = [
    ...(fields.some(({ kind }) => kind.name === "day") ? ["formatDate"] : []),
    ...(fields.some(({ kind }) => kind.name === "whole" || kind.name === "decimal") ? ["formatNumber"] : []),
    ...(money ? ["currentTag"] : []),
  ].sort();
  return `import { href, Link } from "react-router";
${some(formats.length > 0, `import { ${formats.join(", ")} } from "#app/i18n/format.ts";\n`)}import { m } from "#app/i18n/messages.ts";
import { Button, buttonClasses, LinkButton } from "#app/ui/button.tsx";
import { Card } from "#app/ui/card.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { Icon } from "#app/ui/icon.tsx";
import { PageHeader } from "#app/ui/page-header.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
${importOfNames(resource)}import type { ${one.pascal}, ${many.pascal}Page } from "./${many.kebab}.server.ts";

type Sought = Partial<Pick<${many.pascal}Page, "page" | "search" | "sort">>;

export function ${many.camel}Href(organization: string, { page = 1, search = "", sort = "newest" }: Sought = {}): string {
  const asked = new URLSearchParams({
    ...(search !== "" && { search }),
    ...(sort !== "newest" && { sort }),
    ...(page !== 1 && { page: String(page) }),
  });
  const list = href("/organizations/:organization/${many.kebab}", { organization });
  return asked.size === 0 ? list : \`\${list}?\${asked}\`;
}

export function ${many.pascal}View({ organization, found }: { organization: string; found: ${many.pascal}Page }) {
  const { ${many.camel}, page, pages, search, sort, canAdd } = found;
  const add = canAdd ? (
    <LinkButton to={href("/organizations/:organization/${many.kebab}/new", { organization })}>
      <Icon name="plus" />
      {m.${area}_new()}
    </LinkButton>
  ) : undefined;
  const isEmpty = ${many.camel}.length === 0;
  return (
    <>
      <PageHeader title={m.${area}_place()} actions={!isEmpty || search !== "" ? add : undefined} />
      {(!isEmpty || search !== "") && <Sought organization={organization} search={search} sort={sort} />}
      {isEmpty && search === "" && (
        <EmptyState icon="table" title={m.${area}_none_title()} description={m.${area}_none_description()} action={add} />
      )}
      {isEmpty && search !== "" && (
        <EmptyState
          icon="table"
          title={m.${area}_found_none({ search })}
          description={
            <Link to={${many.camel}Href(organization)} className="text-accent underline">
              {m.${area}_show_all()}
            </Link>
          }
        />
      )}
      {!isEmpty && (
        <Card>
          <ul className="divide-y">
            {${many.camel}.map((${one.camel}) => (
              <Row key={${one.camel}.id} organization={organization} ${one.camel}={${one.camel}} />
            ))}
          </ul>
        </Card>
      )}
      <div className="mt-8">
        <Pagination page={page} pages={pages} hrefFor={(to) => ${many.camel}Href(organization, { page: to, search, sort })} />
      </div>
    </>
  );
}

function Sought({ organization, search, sort }: { organization: string } & Pick<${many.pascal}Page, "search" | "sort">) {
  return (
    <Form
      key={\`\${search} \${sort}\`}
      action={${many.camel}Href(organization)}
      className="mb-5 flex flex-wrap items-end gap-3 *:max-sm:w-full"
    >
      <Field
        id="search"
        errorId="search-error"
        label={m.${area}_search()}
        inputProps={{ name: "search", type: "search", defaultValue: search, dir: "auto" }}
      />
      <SelectField
        id="sort"
        errorId="sort-error"
        label={m.${area}_sort()}
        selectProps={{ name: "sort", defaultValue: sort }}
        options={[
          { value: "newest", label: m.${area}_sort_newest() },
          { value: "oldest", label: m.${area}_sort_oldest() },
          { value: "${title.name}", label: m.${area}_${keyOf(title.name)}() },
        ]}
      />
      <Button variant="secondary">{m.${area}_apply()}</Button>
    </Form>
  );
}

const square = buttonClasses({ variant: "ghost", size: "small", isSquare: true });

function Row({ organization, ${one.camel} }: { organization: string; ${one.camel}: ${one.pascal} }) {
  const place = { organization, ${one.camel}: ${one.camel}.id };
${some(
  shown.length > 0,
  `  const facts = [
${joined(shown.map(({ field, parts }) => `    { label: m.${area}_${keyOf(field.name)}(), value: ${parts.shown} },`))}
  ].filter(({ value }) => typeof value === "string");`,
)}
  return (
    <li className="flex items-start gap-3 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 flex-1">
        <h2 dir="auto" className="break-words font-medium text-sm">
          {${one.camel}.${title.name}}
        </h2>
${joined(longs.map(({ name }) => `        <p dir="auto" className="mt-0.5 line-clamp-2 whitespace-pre-line break-words text-muted text-sm">{${one.camel}.${name}}</p>`))}
${some(shown.length > 0, facts)}      </div>
      {${one.camel}.canChange && (
        <Link
          to={href("/organizations/:organization/${many.kebab}/:${one.camel}/edit", place)}
          aria-label={m.${area}_edit_one({ name: ${one.camel}.${title.name} })}
          className={square}
        >
          <Icon name="pencil-line" />
        </Link>
      )}
      {${one.camel}.canRemove && (
        <Link
          to={href("/organizations/:organization/${many.kebab}/:${one.camel}/remove", place)}
          aria-label={m.${area}_remove_one({ name: ${one.camel}.${title.name} })}
          className={square}
        >
          <Icon name="trash-2" />
        </Link>
      )}
    </li>
  );
}
${some(
  money,
  `
function formatMoney(hundredths: number, currency: string): string {
  return new Intl.NumberFormat(currentTag(), { style: "currency", currency }).format(hundredths / 100);
}
`,
)}`;
}

const facts = `        <dl className="mt-1.5 flex flex-wrap gap-x-5 gap-y-1 text-muted text-xs">
          {facts.map(({ label, value }) => (
            <div key={label} className="flex min-w-0 gap-1.5">
              <dt>{label}</dt>
              <dd dir="auto" className="min-w-0 break-words text-text">
                {value}
              </dd>
            </div>
          ))}
        </dl>
`;

function importOfNames({ fields, one }: Resource): string {
  const names = fields.filter(isChoice).map(namesOfChoices);
  return some(names.length > 0, `import { ${names.join(", ")} } from "./${one.kebab}-form.tsx";\n`);
}

function formOf(resource: Resource, parts: Part[]): string {
  const { many, one, area, fields } = resource;
  const hasPeople = fields.some(isPerson);
  const controls = new Set(parts.map(({ parts }) => /^<(\w+)/.exec(parts.control)?.[1] ?? ""));
  const defaults = parts.map(({ field: { name }, parts }) =>
    parts.written === undefined
      ? `    ${name}: ${one.camel}?.${name} ?? "",`
      : `    ${name}: textOf(${one.camel}?.${name}, (value) => ${parts.written}),`,
  );
  const names = fields.filter(isChoice).map((field) => {
    const each = field.kind.name === "choice" ? field.kind.choices : [];
    const lines = each.map(
      (choice) => `  "${choice}": () => m.${area}_${keyOf(field.name)}_${choice.replaceAll("-", "_")}(),`,
    );
    return `export const ${namesOfChoices(field)}: Record<(typeof ${choicesOf(field)})[number], () => string> = {\n${joined(lines)}\n};\n`;
  });
  const needsText = parts.some(({ parts }) => parts.written !== undefined);
  return `import type { ReactNode } from "react";
import { m } from "#app/i18n/messages.ts";
import { ${[...controls].sort().join(", ")} } from "#app/ui/field.tsx";
import { Form } from "#app/ui/form.tsx";
import { FormError } from "#app/ui/form-error.tsx";
import { type FormAnswer, useForm } from "#app/ui/use-form.ts";
${importOfChoices(resource)}import type { ${one.pascal}${some(hasPeople, ", Person")} } from "./${many.kebab}.server.ts";

type ${one.pascal}FormProps = {
  /** What it changes; without one it makes one. */
  ${one.camel}?: ${one.pascal};
${some(hasPeople, "  people: readonly Person[];\n")}  answer: FormAnswer | undefined;
  children: ReactNode;
};

export function ${one.pascal}Form({ ${one.camel},${some(hasPeople, " people,")} answer, children }: ${one.pascal}FormProps) {
  const defaultValue = {
${joined(defaults)}
  };
  const [form, { ${fields.map(({ name }) => name).join(", ")} }] = useForm<typeof defaultValue>({
    id: "${one.kebab}",
    lastResult: answer ?? null,
    defaultValue,
  });
  return (
    <Form method="post" {...form.props} className="grid gap-5">
      <FormError>{form.error}</FormError>
${joined(parts.map(({ parts }) => `      ${parts.control}`))}
      {children}
    </Form>
  );
}
${some(
  needsText,
  `
function textOf<T>(value: T | null | undefined, write: (value: T) => string): string {
  return value === null || value === undefined ? "" : write(value);
}
`,
)}
${names.join("\n")}`;
}

function pages({ many, one, area, fields, title }: Resource): string {
  const hasPeople = fields.some(isPerson);
  const people = some(hasPeople, " people={loaderData.people}");
  return `import { m } from "#app/i18n/messages.ts";
import { FormButtons } from "#app/ui/form-buttons.tsx";
import { NarrowPage } from "#app/ui/narrow-page.tsx";
import { Once } from "#app/ui/once.tsx";
import { QuestionPage } from "#app/ui/question-page.tsx";
import { SubmitButton } from "#app/ui/submit-button.tsx";
import type { FormAnswer } from "#app/ui/use-form.ts";
import { ${one.pascal}Form } from "./${one.kebab}-form.tsx";
import type { ${one.pascal}Details${some(hasPeople, ", Person")} } from "./${many.kebab}.server.ts";
import { ${many.camel}Href } from "./${many.kebab}-view.tsx";

type PageProps<Data> = { params: { organization: string }; loaderData: Data; actionData?: FormAnswer | undefined };

export function New${one.pascal}Page({ params, ${some(hasPeople, "loaderData, ")}actionData }: PageProps<${hasPeople ? "{ people: Person[] }" : "object"}>) {
  const list = ${many.camel}Href(params.organization);
  return (
    <NarrowPage back={{ to: list, label: m.${area}_place() }} title={m.${area}_new_title()} description="">
      <${one.pascal}Form${people} answer={actionData}>
        <Once />
        <FormButtons cancelTo={list}>
          <SubmitButton>{m.${area}_save()}</SubmitButton>
        </FormButtons>
      </${one.pascal}Form>
    </NarrowPage>
  );
}

export function Edit${one.pascal}Page({ params, loaderData, actionData }: PageProps<${one.pascal}Details>) {
  const list = ${many.camel}Href(params.organization);
  return (
    <NarrowPage
      back={{ to: list, label: m.${area}_place() }}
      title={m.${area}_edit_title()}
      description={loaderData.${one.camel}.${title.name}}
    >
      <${one.pascal}Form ${one.camel}={loaderData.${one.camel}}${people} answer={actionData}>
        <FormButtons cancelTo={list}>
          <SubmitButton>{m.${area}_save()}</SubmitButton>
        </FormButtons>
      </${one.pascal}Form>
    </NarrowPage>
  );
}

export function Remove${one.pascal}Page({ params, loaderData: { ${one.camel} }, actionData }: PageProps<${one.pascal}Details>) {
  return (
    <QuestionPage
      back={{ to: ${many.camel}Href(params.organization), label: m.${area}_place() }}
      title={m.${area}_remove_title()}
      question={m.${area}_question({ name: ${one.camel}.${title.name} })}
      confirm={m.${area}_remove()}
      result={actionData}
    />
  );
}
`;
}

function listRoute({ many, area }: Resource): string {
  return `import { redirect } from "react-router";
import { m } from "#app/i18n/messages.ts";
import { nameApart } from "#app/i18n/names-apart.ts";
import { list${many.pascal} } from "#app/${many.kebab}/operations.server.ts";
import { ${many.camel}Href, ${many.pascal}View } from "#app/${many.kebab}/${many.kebab}-view.tsx";
import { page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";
import type { Route } from "./+types/${many.kebab}";

export const meta: Route.MetaFunction = ({ matches: [, frame] }) => [
  { title: title(m.${area}_place(), nameApart(frame.loaderData.organization.name)) },
];

export const loader = page(list${many.pascal}, (found, { input }) => {
  if (input.page > found.pages) throw redirect(${many.camel}Href(input.organization, { ...found, page: found.pages }));
  return found;
});

export default function ${many.pascal}Route({ loaderData, params: { organization } }: Route.ComponentProps) {
  return <${many.pascal}View organization={organization} found={loaderData} />;
}
`;
}

type Door = { ask: string; write: string; page: string; title: string; said: string };

function door({ many, one, area }: Resource, { ask, write, page, title, said }: Door): string {
  return `import { announce } from "#app/frame/announce.ts";
import { m } from "#app/i18n/messages.ts";
import { ${page} } from "#app/${many.kebab}/${one.kebab}-pages.tsx";
import { ${[ask, write].join(", ")} } from "#app/${many.kebab}/operations.server.ts";
import { ${many.camel}Href } from "#app/${many.kebab}/${many.kebab}-view.tsx";
import { form, page } from "#app/request/doors.server.ts";
import { title } from "#app/ui/title.ts";

export const meta = () => [{ title: title(m.${area}_${title}()) }];

export const loader = page(${ask});

export const action = form(${write}, { leads: (_done, { organization }) => ${many.camel}Href(organization) });

export const clientAction = announce(() => m.${area}_${said}());

export default ${page};
`;
}

function newRoute(resource: Resource): string {
  const { one } = resource;
  return door(resource, {
    ask: `askForNew${one.pascal}`,
    write: `make${one.pascal}`,
    page: `New${one.pascal}Page`,
    title: "new_title",
    said: "added",
  });
}

function editRoute(resource: Resource): string {
  const { one } = resource;
  return door(resource, {
    ask: "askForChange",
    write: `edit${one.pascal}`,
    page: `Edit${one.pascal}Page`,
    title: "edit_title",
    said: "saved",
  });
}

function removeRoute(resource: Resource): string {
  const { one } = resource;
  return door(resource, {
    ask: "askForRemoval",
    write: `delete${one.pascal}`,
    page: `Remove${one.pascal}Page`,
    title: "remove_title",
    said: "removed",
  });
}

function testOf(resource: Resource, parts: Part[]): string {
  const { many, one, table, access, title } = resource;
  const sent = parts
    .filter(({ field }) => !isPerson(field))
    .map(({ field, parts }) => `${field.name}: "${parts.example.sent}"`);
  const kept = parts
    .filter(({ field }) => !isPerson(field))
    .map(({ field, parts }) => {
      const text = ["line", "lines", "day", "clock", "choice"].includes(field.kind.name);
      return `${field.name}: ${text ? `"${parts.example.kept}"` : parts.example.kept}`;
    });
  const colleague = { own: 403, any: 303, admins: 403 }[access];
  const maker = access === "admins" ? "admin" : "member";
  return `import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import { action as edit, loader as editPage } from "#app/routes/organizations/${many.kebab}.edit.ts";
import { action as add } from "#app/routes/organizations/${many.kebab}.new.ts";
import { action as remove } from "#app/routes/organizations/${many.kebab}.remove.ts";
import { loader as list } from "#app/routes/organizations/${many.kebab}.tsx";
import { anOrganization, aPerson, aSession } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import type { ${many.pascal}Page } from "./${many.kebab}.server.ts";

const db = testDatabase();
const values = { ${sent.join(", ")} };

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
  const one = (id: string, rest: string) => at(\`/\${id}/\${rest}\`, { ${one.camel}: id });
  const listed = async (search = "") => (await ask(list, { ...at(search), cookie: cookies.member })).body as ${many.pascal}Page;
  const added = async (more: Record<string, string> = {}) => {
    const answer = await ask(add, { ...at("/new"), cookie: cookies.${maker}, form: { ...values, ...more } });
    const [row] = (await listed()).${many.camel};
    return { ...answer, id: row?.id ?? "" };
  };
  return { ...found, people, cookies, at, one, listed, added };
}

test("what is added heads the list and stands in the log: two trips to add, one to list", async () => {
  const { id, people, cookies, at, added } = await anOffice();
  const { status, services } = await added();
  expect([status, services.trace.trips]).toEqual([303, 2]);
  const { body, services: reading } = await ask(list, { ...at(), cookie: cookies.member });
  expect(reading.trace.trips).toBe(1);
  expect((body as ${many.pascal}Page).${many.camel}).toMatchObject([
    { ${kept.join(", ")}, createdBy: { id: people.${maker}.id } },
  ]);
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.organizationId, id));
  expect(entries).toMatchObject([{ action: "${one.kebab}.added", actorId: people.${maker}.id, targetName: values.${title.name} }]);
});

test("what was added last comes first, or in the order that is asked for, and a search finds it in any case", async () => {
  const { listed, added } = await anOffice();
  await added({ ${title.name}: "Zoë" });
  await added({ ${title.name}: "Anna" });
  const names = async (search: string) => (await listed(search)).${many.camel}.map((each) => each.${title.name});
  expect(await names("")).toEqual(["Anna", "Zoë"]);
  expect(await names("?sort=oldest")).toEqual(["Zoë", "Anna"]);
  expect(await names("?sort=${title.name}")).toEqual(["Anna", "Zoë"]);
  expect(await names("?search=zoe")).toEqual(["Zoë"]);
});

test("a change is kept and written down, and ${access === "own" ? "only its maker and admins" : access === "any" ? "any member" : "only admins"} can make it", async () => {
  const { one, cookies, listed, added } = await anOffice();
  const { id } = await added();
  const change = (cookie: string, ${title.name}: string) =>
    ask(edit, { ...one(id, "edit"), cookie, form: { ...values, ${title.name} } });
  expect((await change(cookies.other, "By another")).status).toBe(${colleague});
  expect((await ask(editPage, { ...one(id, "edit"), cookie: cookies.other })).status).toBe(${access === "any" ? 200 : 403});
  expect((await change(cookies.${maker}, "By its maker")).status).toBe(303);
  expect((await change(cookies.admin, "By an admin")).status).toBe(303);
  expect((await listed()).${many.camel}[0]?.${title.name}).toBe("By an admin");
  const actions = await db.select({ action: auditEntry.action }).from(auditEntry).where(eq(auditEntry.targetId, id));
  expect(actions.map(({ action }) => action)).toContain("${one.kebab}.changed");
});

test("it is deleted once, and then gone", async () => {
  const { one, cookies, listed, added } = await anOffice();
  const { id } = await added();
  const drop = () => ask(remove, { ...one(id, "remove"), cookie: cookies.owner, form: {} });
  expect([(await drop()).status, (await drop()).status]).toEqual([303, 404]);
  expect((await listed()).${many.camel}).toEqual([]);
});

test("what is left empty or is too much is refused at its field, and nothing is kept", async () => {
  const { at, cookies, listed } = await anOffice();
  const form = { ...values, ${title.name}: " " };
  const { status, body } = await ask(add, { ...at("/new"), cookie: cookies.owner, form });
  expect([status, body]).toEqual([400, expect.objectContaining({ error: { ${title.name}: [expect.any(String)] } })]);
  expect((await listed()).${many.camel}).toEqual([]);
});

test("another organization neither sees nor changes it", async () => {
  const here = await anOffice();
  const there = await anOffice();
  const { id } = await here.added();
  expect((await there.listed()).${many.camel}).toEqual([]);
  const { one, cookies } = there;
  const answers = [
    await ask(editPage, { ...one(id, "edit"), cookie: cookies.owner }),
    await ask(edit, { ...one(id, "edit"), cookie: cookies.owner, form: values }),
    await ask(remove, { ...one(id, "remove"), cookie: cookies.owner, form: {} }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(await db.$count(${table}, eq(${table}.id, id))).toBe(1);
});
`;
}

/** Of the fields that have to be there. */
function examples(parts: Part[], which: "sent" | "kept"): string {
  const isText = ({ kind }: Field) => ["line", "lines", "day", "clock", "choice"].includes(kind.name);
  return parts
    .filter(({ field }) => field.isRequired && !isPerson(field))
    .map(({ field, parts }) => {
      const value = parts.example[which];
      return `${field.name}: ${which === "sent" || isText(field) ? `"${value}"` : value}`;
    })
    .join(", ");
}

function testData({ many, one, table }: Resource, parts: Part[]): string {
  return `import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import type { Furnish } from "#app/test/furnish.ts";

export const furnish: Furnish = async (db, { organizationId, userId }) => {
  const id = crypto.randomUUID();
  await db.insert(${table}).values({ id, organizationId, createdBy: userId, search: "", ${examples(parts, "kept")} });
  return { ${one.camel}: id };
};
`;
}

function furnishing({ many, one }: Resource, parts: Part[]): string {
  return `import { ask } from "../requests.ts";

export async function furnish({ slug, cookie }: { slug: string; cookie: string | null }) {
  const list = \`/organizations/\${slug}/${many.kebab}\`;
  const body = new URLSearchParams({ ${examples(parts, "sent")} });
  await ask(\`\${list}/new\`, cookie, { method: "POST", body });
  const page = await (await ask(list, cookie)).text();
  return { ${one.camel}: /${many.kebab}\\/([\\w-]{36})\\/edit/.exec(page)?.[1] ?? "" };
}
`;
}

function journey({ many, area, title }: Resource, parts: Part[]): string {
  const fill = parts
    .filter(({ field }) => field.isRequired && !isPerson(field))
    .map(({ field, parts }) => {
      const control = `page.getByLabel(say("${area}_${keyOf(field.name)}"), { exact: true })`;
      const value = field === title ? "name" : `"${parts.example.sent}"`;
      return isChoice(field) ? `  await ${control}.selectOption(${value});` : `  await ${control}.fill(${value});`;
    });
  return `import { test } from "vitest";
import { openBrowser } from "../browser.ts";
import { fromSomewhere, open } from "../journeys/steps.ts";
import { aWorkplace, signIn } from "../people.ts";
import { wordsOf } from "../words.ts";

const browser = openBrowser();

for (const javaScriptEnabled of [true, false]) {
  test(\`one is added, found, changed and deleted\${javaScriptEnabled ? "" : " without JavaScript"}\`, async () => {
    const { people, organization } = await aWorkplace();
    await using visit = await browser.visit(fromSomewhere({ javaScriptEnabled, locale: "en" }));
    const { page, context } = visit;
    const say = wordsOf("en");
    await signIn(context, people.owner);
    const list = \`/organizations/\${organization.slug}/${many.kebab}\`;
    await (javaScriptEnabled ? open(page, list) : page.goto(list));
    const name = "The first one";
    await page.getByText(say("${area}_none_title")).waitFor();
    await page.getByRole("link", { name: say("${area}_new") }).click();
${joined(fill).replaceAll("  await", "    await")}
    await page.getByRole("button", { name: say("${area}_save") }).click();
    await page.getByRole("heading", { name }).waitFor();

    await page.getByLabel(say("${area}_search")).fill("FIRST");
    await page.getByRole("button", { name: say("${area}_apply") }).click();
    await page.waitForURL((url) => url.searchParams.get("search") === "FIRST");
    await page.getByRole("link", { name: say("${area}_edit_one", { name }) }).click();
    const other = "Another name";
    await page.getByLabel(say("${area}_${keyOf(title.name)}"), { exact: true }).fill(other);
    await page.getByRole("button", { name: say("${area}_save") }).click();
    await page.getByRole("heading", { name: other }).waitFor();

    await page.getByRole("link", { name: say("${area}_remove_one", { name: other }) }).click();
    await page.getByRole("button", { name: say("${area}_remove"), exact: true }).click();
    await page.getByText(say("${area}_none_title")).waitFor();
  });
}
`;
}
