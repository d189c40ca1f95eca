import { choicesOf } from "../kinds.ts";
import type { Resource } from "../spec.ts";
import {
  importsOfTables,
  isChoice,
  isImage,
  isPerson,
  isRow,
  joined,
  named,
  type Part,
  pictureColumns,
  some,
  sourcesOf,
  targetsOf,
} from "./parts.ts";

export function reads(resource: Resource, parts: Part[]): string {
  const { many, one, table, fields, title, hasApi } = resource;
  const sources = sourcesOf(resource);
  const targets = targetsOf(resource);
  const hasPeople = fields.some(isPerson);
  const hasImages = fields.some(isImage);
  const typed = parts.flatMap(({ field, parts }) => [
    `  ${field.name}: ${parts.type};`,
    ...(isPerson(field) || isRow(field) ? [`  ${field.name}Name: string | null;`] : []),
  ]);
  const picked = fields.flatMap(({ name, kind, isRequired }) => {
    const column = `${table}.${name}`;
    if (kind.name === "person") return [`      ${name}: ${column},`, `      ${name}Name: nameOf(${column}),`];
    if (kind.name !== "row") return [`      ${name}: ${column},`];
    const { to } = kind;
    return [
      `      ${name}: ${isRequired ? column : `${named("of", to)}(${to.table}.id, ${column})`},`,
      `      ${name}Name: ${named("of", to)}(${to.table}.${to.title}, ${column}),`,
    ];
  });
  const isAnyOr = sources.some(({ names }) => names.length > 1);
  const offered = sources.map(({ key, pascal }) => ({ key, made: `offered${pascal}(scope)` }));
  return `import { and, asc, count, desc, eq, inArray, ${some(isAnyOr, "or, ")}type SQL, sql } from "drizzle-orm";
${some(sources.length > 0, 'import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";\n')}import { ${table} } from "#app/db/schema/${many.kebab}.ts";
${importsOfTables(targets)}import { apiKey } from "#app/db/schema/keys.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { isRestorable } from "#app/operation/deleted.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
${some(hasApi, 'import { type OnePage, type Paged, pageOf } from "#app/operation/pages.server.ts";\n')}import { type OutOfReach, outOfReach, type Plan, plan${some(sources.length > 0, ", together")} } from "#app/operation/plan.ts";
${some(hasImages, 'import { holdsPicture } from "#app/pictures/kept-pictures.server.ts";\n')}import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { searchForm } from "#app/text/search-form.ts";
${some(fields.some(isChoice), `import type { ${fields.filter(isChoice).map(choicesOf).join(", ")} } from "./choices.ts";\n`)}${some(targets.length > 0, 'import { ROWS_OFFERED } from "./limits.ts";\n')}import type { ${one.pascal}Id, Sort } from "./schemas.ts";

const PER_PAGE = 25;

export type ${one.pascal} = {
  id: string;
${joined(typed)}
  createdAt: number;
  /** A person, or a key of the organization. */
  createdBy: { id: string; name: string } | null;
  canChange: boolean;
  canRemove: boolean;
};

export type ${many.pascal}Page = {
  ${many.camel}: ${one.pascal}[];
  page: number;
  pages: number;
  /** How many fit the search. */
  total: number;
  search: string;
  sort: Sort;
  /** Whether it shows the one that was asked for instead of all. */
  isOnly: boolean;
  canAdd: boolean;
  /** The one that was just deleted, if this person can restore it. */
  deleted: { id: string; name: string } | null;
};

const orders: Record<Sort, SQL[]> = {
  newest: [desc(${table}.createdAt), desc(${table}.id)],
  oldest: [asc(${table}.createdAt), asc(${table}.id)],
  ${title.name}: [asc(${table}.${title.name}), asc(${table}.id)],
};

/** A page past the last one is empty, and says how many pages there are. */
export function ${many.camel}Page(
  scope: Scope<"${many.kebab}:read">,
  { page, search, sort, deleted, only }: { page: number; search: string; sort: Sort } & Partial<
    Record<"deleted" | "only", ${one.pascal}Id | undefined>
  >,
): Plan<${many.pascal}Page> {
  const isFound = search === "" ? undefined : sql\`instr(\${${table}.search}, \${searchForm(search)}) > 0\`;
  const found = only === undefined ? isFound : eq(${table}.id, only);
  const ids = scope
    .select({ id: ${table}.id })
    .from(${table})
    .where(found)
    .orderBy(...orders[sort])
    .limit(PER_PAGE)
    .offset((page - 1) * PER_PAGE);
  const rows = rowsOf(scope, inArray(${table}.id, ids)).orderBy(...orders[sort]);
  const totals = scope.select({ total: count() }).from(${table}).where(found);
  const gone = scope
    .selectDeleted({ id: ${table}.id, name: ${table}.${title.name}, createdBy: ${table}.createdBy })
    .from(${table})
    .where(and(eq(${table}.id, deleted ?? ""), isRestorable(${table}.deletedAt, scope.now)));
  return plan({ rows, totals, own: ownRole(scope), gone }, ({ rows, totals: [{ total } = { total: 0 }], own: [viewer], gone: [last] }) => ({
    ${many.camel}: rows.map((row) => to${one.pascal}(row, scope.viewer?.userId)),
    page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    total,
    search,
    sort,
    isOnly: only !== undefined,
    canAdd: can(viewer?.role ?? "member", "${many.kebab}:create"),
    deleted:
      last !== undefined && can(viewer?.role ?? "member", "${many.kebab}:delete", last.createdBy === scope.viewer?.userId)
        ? { id: last.id, name: last.name }
        : null,
  }));
}

${some(hasApi, after(resource))}
type Seeing = Scope<"${many.kebab}:read" | "${many.kebab}:update" | "${many.kebab}:delete">;

export type ${one.pascal}Details = { ${one.camel}: ${one.pascal} };

export function ${one.camel}Details(
  scope: Seeing,
  { ${one.camel}: id }: { ${one.camel}: ${one.pascal}Id },
): Plan<${one.pascal}Details | OutOfReach | null> {
  const row = rowsOf(scope, eq(${table}.id, id));
  const known = scope.selectOfAnyone({ id: ${table}.id }).from(${table}).where(eq(${table}.id, id));
  return plan({ row, known }, ({ row: [found], known }) => {
    if (found === undefined) return known.length === 0 ? null : outOfReach;
    return { ${one.camel}: to${one.pascal}(found, scope.viewer?.userId) };
  });
}
${some(
  sources.length > 0,
  `
export type Choice = { id: string; name: string };

/** What the lists of the form offer. */
export type Choices = { ${sources.map(({ key }) => `${key}: Choice[]`).join("; ")} };

type Filling = Scope<"${many.kebab}:create"> | Seeing;
${some(
  hasPeople,
  `
const PEOPLE_OFFERED = 100;

/** The members that a form offers. In a large organization, they are those who joined first. */
function offeredPeople(scope: Filling) {
  return peopleOf(scope).orderBy(asc(member.createdAt), asc(member.id)).limit(PEOPLE_OFFERED);
}

function peopleOf(scope: Filling) {
  return scope.select({ id: user.id, name: user.name }).from(member).innerJoin(user, eq(user.id, member.userId));
}
`,
)}${joined(
  targets.map(
    ({ many: { camel, pascal }, table: other, title: name }) => `
/** The newest ones. */
function offered${pascal}(scope: Filling) {
  return ${camel}Of(scope).orderBy(desc(${other}.createdAt), desc(${other}.id)).limit(ROWS_OFFERED);
}

function ${camel}Of(scope: Filling) {
  return scope.selectOfAnyone({ id: ${other}.id, name: ${other}.${name} }).from(${other});
}
`,
  ),
)}
function byName(choices: readonly Choice[]): Choice[] {
  const distinct = new Map(choices.map((choice) => [choice.id, choice]));
  return [...distinct.values()].sort((a, b) => a.name.localeCompare(b.name));
}

export function newDetails(scope: Scope<"${many.kebab}:create">): Plan<{ choices: Choices }> {
  return plan({ ${offered.map(({ key, made }) => `${key}: ${made}`).join(", ")} }, ({ ${offered.map(({ key }) => key).join(", ")} }) => ({
    choices: { ${offered.map(({ key }) => `${key}: byName(${key})`).join(", ")} },
  }));
}

export type ${one.pascal}Choices = ${one.pascal}Details & { choices: Choices };

export function ${one.camel}Choices(
  scope: Seeing,
  asked: { ${one.camel}: ${one.pascal}Id },
): Plan<${one.pascal}Choices | OutOfReach | null> {
  const details = ${one.camel}Details(scope, asked);
  // What is chosen can be chosen again, even if a new form would not offer it.
  const isChosen = (id: AnySQLiteColumn, column: AnySQLiteColumn) =>
    sql\`\${id} = (\${scope.select({ column }).from(${table}).where(eq(${table}.id, asked.${one.camel}))})\`;
  const choices = together({
${joined(
  sources.map(({ key, id, names, pascal }) => {
    const each = names.map((name) => `isChosen(${id}, ${table}.${name})`);
    const which = each.length > 1 ? `or(${each.join(", ")})` : each[0];
    return `    ${key}: plan(
      { offered: offered${pascal}(scope), chosen: ${key}Of(scope).where(${which}) },
      ({ offered, chosen }) => byName([...offered, ...chosen]),
    ),`;
  }),
)}
  });
  const both = together({ details, choices });
  return {
    ...both,
    shape: (rows) => {
      const { details, choices } = both.shape(rows);
      return details === null || details === outOfReach ? details : { ...details, choices };
    },
  };
}
`,
)}${some(
  hasPeople,
  `
function nameOf(person: AnySQLiteColumn) {
  return sql<string | null>\`(select name from "user" where "user".id = \${person})\`;
}
`,
)}${joined(
  targets.map(
    (to) => `
/** What a row refers to. Null if it was deleted. */
function ${named("of", to)}(what: AnySQLiteColumn, column: AnySQLiteColumn) {
  const isSame = and(eq(${to.table}.id, column), eq(${to.table}.organizationId, ${table}.organizationId));
  return sql<string | null>\`(select \${what} from \${${to.table}} where \${isSame} and \${${to.table}.deletedAt} is null)\`;
}
`,
  ),
)}
${some(
  hasImages,
  `
/** Null if no ${one.words.toLowerCase()} of this organization has the picture. */
export function heldPicture(
  scope: Seeing,
  { ${one.camel}: id, ${one.camel}Picture: picture }: { ${one.camel}: ${one.pascal}Id; ${one.camel}Picture: string },
): Plan<{ id: string } | null> {
  const held = scope
    .select({ id: ${table}.id })
    .from(${table})
    .where(and(eq(${table}.id, id), holdsPicture([${pictureColumns(resource)}], picture)));
  return plan({ held }, ({ held: [found] }) => found ?? null);
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
      authorId: sql<string | null>\`coalesce(\${user.id}, \${apiKey.id})\`,
      authorName: sql<string | null>\`coalesce(\${user.name}, \${apiKey.name})\`,
      viewerRole: sql<Role | null>\`(\${ownRole(scope)})\`,
    })
    .from(${table})
    .leftJoin(user, eq(user.id, ${table}.createdBy))
    .leftJoin(apiKey, eq(apiKey.id, ${table}.createdByKey))
    .where(which);
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function to${one.pascal}(
  { viewerRole, createdAt, authorId, authorName, ...row }: Row,
  viewerId: string | undefined,
): ${one.pascal} {
  const isOwn = authorId !== null && authorId === viewerId;
  return {
    ...row,
    createdAt: createdAt.getTime(),
    createdBy: authorId === null ? null : { id: authorId, name: authorName ?? "" },
    canChange: viewerRole !== null && can(viewerRole, "${many.kebab}:update", isOwn),
    canRemove: viewerRole !== null && can(viewerRole, "${many.kebab}:delete", isOwn),
  };
}
`;
}

function after({ many, one, table }: Resource): string {
  return `
/** A page for programs that begins after a given row, so that nothing shifts while rows are added and deleted. */
export function ${many.camel}After(
  scope: Scope<"${many.kebab}:read">,
  { organization: slug, limit, after }: OnePage,
): Plan<Paged<${one.pascal}>> {
  const ids = scope
    .select({ id: ${table}.id })
    .from(${table})
    .where(after === null ? undefined : sql\`(\${${table}.createdAt}, \${${table}.id}) < (\${after.at}, \${after.id})\`)
    .orderBy(...orders.newest)
    .limit(limit + 1);
  const rows = rowsOf(scope, inArray(${table}.id, ids)).orderBy(...orders.newest);
  return plan({ rows }, ({ rows }) =>
    pageOf(rows, {
      limit,
      list: ["${many.kebab}", slug],
      place: ({ createdAt, id }) => ({ at: createdAt.getTime(), id }),
      shows: (row) => to${one.pascal}(row, scope.viewer?.userId),
    }),
  );
}
`;
}
