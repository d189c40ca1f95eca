import { asc, desc, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { isTrue } from "#app/db/is-true.server.ts";
import { authenticator, passkey } from "#app/db/schema/factors.ts";
import { isOwner, member, memberRank, members, organization, roleIn } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { contains, countFound, FOUND_MAXIMUM } from "#app/db/search.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type OnePage, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import { isFullOrganization } from "#app/tenancy/inviting.ts";
import type { Role } from "#app/tenancy/roles.ts";
import { MEMBERS_COUNTED, MEMBERS_PER_PAGE } from "../limits.ts";
import { columnOf, type MemberSort, type MembersShown } from "./member-sorts.ts";
import type { MemberId, MembersAsked } from "./schemas.ts";

export type Member = {
  id: string;
  userId: string;
  image: string | null;
  name: string;
  email: string;
  role: Role;
  joinedAt: number;
  lastActiveAt: number | null;
  isSelf: boolean;
  /** Whether an authenticator app or a passkey is set up. Null if this viewer may not know. */
  hasTwoFactor: boolean | null;
};

export type MembersPage = MembersShown & {
  members: Member[];
  page: number;
  pages: number;
  total: number;
  /** Whether there are more members than are counted and shown. */
  hasMore: boolean;
  now: number;
  viewerRole: Role;
  owners: number;
  /** Whether the organization has as many members as it can have, so that nobody can be invited. */
  isFull: boolean;
};

type Reading = Scope<
  "member:read" | "member:update" | "member:delete" | "organization:transfer" | "organization:update"
>;

/** A page of members. `search` is part of a name or address and finds the newest that fit. Without `role`, shows all roles. */
export function membersPage(
  scope: Scope<"member:read">,
  { page, search, role, sort }: MembersAsked,
): Plan<MembersPage> {
  const { viewer, now } = scope;
  const isSearch = search !== "";
  const isFit = isInRole(role);
  const isSought = isSearch ? contains(members, search, scope.organizationId, isFit) : isFit;
  const offset = (page - 1) * MEMBERS_PER_PAGE;
  const order = orderOf(sort, role);
  // An index has the order, so a page reads only its rows. A search reads all it finds; admins or owners by name, all of them.
  const isByForms = columnOf(sort) === "name" && (role === undefined || role === "member");
  const ids =
    !isSearch && isByForms
      ? idsByName(scope, { role, sort, offset })
      : scope[isSearch ? "selectPicked" : "select"]({ id: member.id })
          .from(member)
          .where(isSought)
          .orderBy(...order)
          .limit(MEMBERS_PER_PAGE)
          .offset(offset);
  const rows = memberRows(scope, { which: inArray(member.id, ids), sees: mayManage(scope) }).orderBy(...order);
  const isFiltered = isSearch || role !== undefined;
  const countable = isSearch ? FOUND_MAXIMUM : MEMBERS_COUNTED;
  const total = totalOf(scope, search, isFit);
  const figures = scope.select({ ...whoRules(scope), total, isFull: isFullOrganization() }).from(organization);
  return plan({ rows, figures }, ({ rows, figures: [figure] }) => {
    const found = figure?.total ?? 0;
    const total = isFiltered ? Math.min(found, countable) : found;
    return {
      members: rows.map((row) => toMember(row, viewer?.userId)),
      page,
      pages: Math.max(1, Math.ceil(total / MEMBERS_PER_PAGE)),
      total,
      hasMore: found > total,
      search,
      role,
      sort,
      now: now.getTime(),
      viewerRole: figure?.viewerRole ?? "member",
      owners: figure?.owners ?? 0,
      isFull: figure?.isFull ?? false,
    };
  });
}

/** The total of a search or a role is counted up to its limit, plus one if there are more. */
function totalOf(scope: Scope<"member:read">, search: string, isFit: SQL | undefined): SQL<number> {
  if (search !== "") return countFound(members, search, scope.organizationId, isFit);
  if (isFit === undefined) return sql`${organization.memberCount}`;
  return scope.count(member, { where: isFit, upTo: MEMBERS_COUNTED + 1 });
}

/** The same for programs, longest-standing members first, as a page that begins after a given member. */
export function membersAfter(
  scope: Scope<"member:read">,
  { organization: slug, limit, after }: OnePage,
): Plan<Paged<Member>> {
  const ids = scope
    .select({ id: member.id })
    .from(member)
    .where(after === null ? undefined : sql`(${member.createdAt}, ${member.id}) > (${after.at}, ${after.id})`)
    .orderBy(asc(member.createdAt), asc(member.id))
    .limit(limit + 1);
  const rows = memberRows(scope, { which: inArray(member.id, ids), sees: mayManage(scope) }).orderBy(
    asc(member.createdAt),
    asc(member.id),
  );
  return plan({ rows }, ({ rows }) =>
    pageOf(rows, {
      limit,
      list: ["members", slug],
      place: ({ joinedAt, id }) => ({ at: joinedAt.getTime(), id }),
      shows: (row) => toMember(row, scope.viewer?.userId),
    }),
  );
}

export type MemberDetails = { member: Member; viewerRole: Role; owners: number; now: number };

export function memberDetails(scope: Reading, { member: id }: { member: MemberId }): Plan<MemberDetails | null> {
  const { viewer, now } = scope;
  const row = memberRows(scope, { which: eq(member.id, id), sees: mayManage(scope) });
  const figures = scope.select(whoRules(scope)).from(organization);
  return plan({ row, figures }, ({ row: [found], figures: [figure] }) =>
    found === undefined
      ? null
      : {
          member: toMember(found, viewer?.userId),
          viewerRole: figure?.viewerRole ?? "member",
          owners: figure?.owners ?? 0,
          now: now.getTime(),
        },
  );
}

/** What the form of a role is filled with; null: no member. */
export function memberRole(
  scope: Scope<"member:update">,
  { member: id }: { member: MemberId },
): Plan<{ role: Role } | null> {
  const row = scope.select({ role: member.role }).from(member).where(eq(member.id, id));
  return plan({ row }, ({ row: [found] }) => found ?? null);
}

const rank = memberRank(member.role);

export function isInRole(role: Role | undefined): SQL | undefined {
  return role === undefined ? undefined : sql`${rank} = ${memberRank(sql`${role}`)}`;
}

/** The search's form of a name, without case and accents; until that is made, SQLite's lower case. */
const nameForm = sql`coalesce(
  (select form from search_text where kind = 'member' and id = ${member.id}),
  (select lower(name) from user where id = ${member.userId}))`;

const sortedBy = {
  role: [rank, member.createdAt, member.id],
  name: [nameForm, member.id],
  joined: [member.createdAt, member.id],
};

/** Within one role the rank is constant, and would keep SQLite from using its index for the order. */
function orderOf(sort: MemberSort, role: Role | undefined): SQL[] {
  const column = columnOf(sort);
  return sortedBy[column === "role" && role !== undefined ? "joined" : column].map(wayOf(sort));
}

const wayOf = (sort: MemberSort) => (column: SQLWrapper) => (sort.startsWith("-") ? desc(column) : asc(column));

/** SQL for the ids of a page sorted by name, whose order comes from the index on the search's forms. */
function idsByName(
  { organizationId }: Scope<"member:read">,
  { role, sort, offset }: Pick<MembersAsked, "role" | "sort"> & { offset: number },
): SQL {
  const way = wayOf(sort);
  const isSought =
    role === undefined ? sql`` : sql`and (select role from member where member.id = search_text.id) = ${role}`;
  return sql`(
    select id from search_text where kind = 'member' and organization_id = ${organizationId} ${isSought}
    order by ${way(sql`form`)}, ${way(sql`id`)} limit ${MEMBERS_PER_PAGE} offset ${offset})`;
}

const hasFactor = sql`(exists (select 1 from ${authenticator} where ${authenticator.userId} = ${user.id})
  or exists (select 1 from ${passkey} where ${passkey.userId} = ${user.id}))`;

/** `sees` is SQL that is true if the viewer may know who has two factors. */
export function memberRows(
  { selectPicked }: Pick<Reading, "selectPicked">,
  { which, sees }: { which: SQL; sees: SQL },
) {
  const hasTwoFactor: SQL<boolean | null> = isTrue(sql`case when ${sees} then ${hasFactor} end`);
  return selectPicked({
    id: member.id,
    userId: user.id,
    image: user.image,
    name: user.name,
    email: user.email,
    role: member.role,
    joinedAt: member.createdAt,
    lastActiveAt: member.lastActiveAt,
    hasTwoFactor,
  })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(which);
}

const mayManage = ({ organizationIf }: Reading) => sql`${organizationIf("member:update")} is not null`;

/** Columns to select from the organization. */
function whoRules({ count, userId }: Reading) {
  return { owners: count(member, { where: isOwner(member.role) }), viewerRole: roleIn(organization.id, userId) };
}

type MemberRow = Awaited<ReturnType<typeof memberRows>>[number];

function toMember({ joinedAt, lastActiveAt, ...row }: MemberRow, viewerId: string | undefined): Member {
  return {
    ...row,
    joinedAt: joinedAt.getTime(),
    lastActiveAt: lastActiveAt?.getTime() ?? null,
    isSelf: row.userId === viewerId,
  };
}
