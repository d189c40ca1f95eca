import { asc, count, eq, inArray, type SQL, sql } from "drizzle-orm";
import { member, memberRank, members, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { contains, FOUND_MAXIMUM } from "#app/db/search.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type CursorPlace, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type Plan, plan } from "#app/operation/plan.ts";
import type { Role } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import { MEMBERS_PER_PAGE } from "../limits.ts";
import type { MemberId } from "./schemas.ts";

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
};

export type MembersPage = {
  members: Member[];
  page: number;
  pages: number;
  total: number;
  /** More were found than a search counts and shows. */
  hasMore: boolean;
  search: string;
  now: number;
  viewerRole: Role;
  owners: number;
};

type Reading = Scope<
  "member:read" | "member:update" | "member:delete" | "organization:transfer" | "organization:update"
>;

/** Members by rank, then by how long they have been here. `search`: part of a name or an address, among the newest found. */
export function membersPage(
  scope: Scope<"member:read">,
  { page, search }: { page: number; search: string },
): Plan<MembersPage> {
  const { viewer, now } = scope;
  const isSearch = search !== "";
  const found = isSearch ? contains(members, search, scope.organizationId) : undefined;
  // The index has the order, so a page costs its own rows; of a search it costs what was found.
  const ids = scope[isSearch ? "selectPicked" : "select"]({ id: member.id })
    .from(member)
    .where(found)
    .orderBy(...inOrder)
    .limit(MEMBERS_PER_PAGE)
    .offset((page - 1) * MEMBERS_PER_PAGE);
  const rows = memberRows(scope, inArray(member.id, ids)).orderBy(...inOrder);
  const totals = isSearch
    ? scope.selectPicked({ total: count() }).from(member).where(found)
    : scope.select({ total: organization.memberCount }).from(organization);
  const [own, owners] = [ownRole(scope), ownerCount(scope)];
  return plan({ rows, totals, own, owners }, ({ rows, totals: [figure], own: [viewerMember], owners: [owning] }) => {
    const counted = figure?.total ?? 0;
    const total = isSearch ? Math.min(counted, FOUND_MAXIMUM) : counted;
    return {
      members: rows.map((row) => toMember(row, viewer?.userId)),
      page,
      pages: Math.max(1, Math.ceil(total / MEMBERS_PER_PAGE)),
      total,
      hasMore: counted > total,
      search,
      now: now.getTime(),
      viewerRole: viewerMember?.role ?? "member",
      owners: owning?.count ?? 0,
    };
  });
}

/** The same for programs, by how long they have been here: a page that begins after a member. */
export function membersAfter(
  scope: Scope<"member:read">,
  { organization: slug, limit, after }: { organization: Slug; limit: number; after: CursorPlace | null },
): Plan<Paged<Member>> {
  const ids = scope
    .select({ id: member.id })
    .from(member)
    .where(after === null ? undefined : sql`(${member.createdAt}, ${member.id}) > (${after.at}, ${after.id})`)
    .orderBy(asc(member.createdAt), asc(member.id))
    .limit(limit + 1);
  const rows = memberRows(scope, inArray(member.id, ids)).orderBy(asc(member.createdAt), asc(member.id));
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
  const row = memberRows(scope, eq(member.id, id));
  return plan(
    { row, owners: ownerCount(scope), own: ownRole(scope) },
    ({ row: [found], owners: [figure], own: [viewerMember] }) =>
      found === undefined
        ? null
        : {
            member: toMember(found, viewer?.userId),
            viewerRole: viewerMember?.role ?? "member",
            owners: figure?.count ?? 0,
            now: now.getTime(),
          },
  );
}

const inOrder: SQL[] = [memberRank(member.role), sql`${member.createdAt}`, sql`${member.id}`];

function memberRows(scope: Reading, which: SQL) {
  return scope
    .selectPicked({
      id: member.id,
      userId: user.id,
      image: user.image,
      name: user.name,
      email: user.email,
      role: member.role,
      joinedAt: member.createdAt,
      lastActiveAt: member.lastActiveAt,
    })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(which);
}

function ownerCount(scope: Reading) {
  // By the index of ranks, so that it costs as many rows as there are owners.
  return scope
    .select({ count: count() })
    .from(member)
    .where(sql`${memberRank(member.role)} = 0`);
}

function ownRole(scope: Reading) {
  return scope.select({ role: member.role }).from(member).where(eq(member.userId, scope.userId));
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
