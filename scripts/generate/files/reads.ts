import { choicesOf } from "../kinds.ts";
import type { Resource } from "../spec.ts";
import { isChoice, isImage, isPerson, joined, type Part, pictureColumns, some } from "./parts.ts";

export function reads(resource: Resource, parts: Part[]): string {
  const { many, one, table, fields, title, hasApi } = resource;
  const persons = fields.filter(isPerson);
  const hasPeople = persons.length > 0;
  const hasImages = fields.some(isImage);
  const isChosen = persons.map(({ name }) => `isChosen(${table}.${name})`).join(", ");
  const chosenIn = persons.length > 1 ? `or(${isChosen})` : isChosen;
  const typed = parts.flatMap(({ field, parts }) => [
    `  ${field.name}: ${parts.type};`,
    ...(isPerson(field) ? [`  ${field.name}Name: string | null;`] : []),
  ]);
  const picked = fields.flatMap((field) => [
    `      ${field.name}: ${table}.${field.name},`,
    ...(isPerson(field) ? [`      ${field.name}Name: nameOf(${table}.${field.name}),`] : []),
  ]);
  return `import { and, asc, count, desc, eq, inArray, ${some(persons.length > 1, "or, ")}type SQL, sql } from "drizzle-orm";
${some(hasPeople, 'import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";\n')}import { ${table} } from "#app/db/schema/${many.kebab}.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { member } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { isRestorable } from "#app/operation/deleted.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
${some(hasApi, 'import { type CursorPlace, type Paged, pageOf } from "#app/operation/pages.server.ts";\n')}import { type OutOfReach, outOfReach, type Plan, plan${some(hasPeople, ", together")} } from "#app/operation/plan.ts";
${some(hasImages, 'import { holdsPicture } from "#app/pictures/kept-pictures.server.ts";\n')}import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
${some(hasApi, 'import type { Slug } from "#app/tenancy/slug.ts";\n')}import { searchForm } from "#app/text/search-form.ts";
${some(fields.some(isChoice), `import type { ${fields.filter(isChoice).map(choicesOf).join(", ")} } from "./choices.ts";\n`)}import type { ${one.pascal}Id, Sort } from "./schemas.ts";

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
  search: string;
  sort: Sort;
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
  { page, search, sort, deleted }: { page: number; search: string; sort: Sort; deleted?: ${one.pascal}Id | undefined },
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
  const gone = scope
    .selectDeleted({ id: ${table}.id, name: ${table}.${title.name}, createdBy: ${table}.createdBy })
    .from(${table})
    .where(and(eq(${table}.id, deleted ?? ""), isRestorable(${table}.deletedAt, scope.now)));
  return plan({ rows, totals, own: ownRole(scope), gone }, ({ rows, totals: [figure], own: [viewer], gone: [last] }) => ({
    ${many.camel}: rows.map((row) => to${one.pascal}(row, scope.viewer?.userId)),
    page,
    pages: Math.max(1, Math.ceil((figure?.total ?? 0) / PER_PAGE)),
    search,
    sort,
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
  hasPeople,
  `
export type Person = { id: string; name: string };

const PEOPLE_OFFERED = 100;

/** The members that a form offers. In a large organization, they are those who joined first. */
function offeredPeople(scope: Scope<"${many.kebab}:create"> | Seeing) {
  return membersOf(scope).orderBy(asc(member.createdAt), asc(member.id)).limit(PEOPLE_OFFERED);
}

function membersOf(scope: Scope<"${many.kebab}:create"> | Seeing) {
  return scope.select({ id: user.id, name: user.name }).from(member).innerJoin(user, eq(user.id, member.userId));
}

function byName(people: readonly Person[]): Person[] {
  const distinct = new Map(people.map((person) => [person.id, person]));
  return [...distinct.values()].sort((a, b) => a.name.localeCompare(b.name));
}

export function newDetails(scope: Scope<"${many.kebab}:create">): Plan<{ people: Person[] }> {
  return plan({ people: offeredPeople(scope) }, ({ people }) => ({ people: byName(people) }));
}

export type ${one.pascal}Choices = ${one.pascal}Details & { people: Person[] };

export function ${one.camel}Choices(
  scope: Seeing,
  asked: { ${one.camel}: ${one.pascal}Id },
): Plan<${one.pascal}Choices | OutOfReach | null> {
  const details = ${one.camel}Details(scope, asked);
  const isChosen = (person: AnySQLiteColumn) =>
    sql\`\${member.userId} = (\${scope.select({ person }).from(${table}).where(eq(${table}.id, asked.${one.camel}))})\`;
  // The member who is chosen can be chosen again, even if many others joined earlier.
  const chosen = membersOf(scope).where(${chosenIn});
  const people = plan({ offered: offeredPeople(scope), chosen }, ({ offered, chosen }) => byName([...offered, ...chosen]));
  const both = together({ details, people });
  return {
    ...both,
    shape: (rows) => {
      const { details, people } = both.shape(rows);
      return details === null || details === outOfReach ? details : { ...details, people };
    },
  };
}

function nameOf(person: AnySQLiteColumn) {
  return sql<string | null>\`(select name from "user" where "user".id = \${person})\`;
}
`,
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
  { organization: slug, limit, after }: { organization: Slug; limit: number; after: CursorPlace | null },
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
