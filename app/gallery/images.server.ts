import { aliasedTable, and, asc, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { image, images } from "#app/db/schema/gallery.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { contains, countFound, FOUND_MAXIMUM } from "#app/db/search.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type CursorPlace, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type OutOfReach, outOfReach, type Plan, plan } from "#app/operation/plan.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import { IMAGES_COUNTED, IMAGES_PER_PAGE } from "./limits.ts";
import type { GalleryPage, ImageId, ImageSort } from "./schemas.ts";

export type Image = {
  id: string;
  name: string;
  type: (typeof image.$inferSelect)["type"];
  size: number;
  createdAt: number;
  /** A person, or a key of the organization. */
  createdBy: { id: string; name: string } | null;
  canRename: boolean;
  canRemove: boolean;
};

export type GalleryFilter = { search: string; sort: ImageSort; by: string | undefined; type: string | undefined };

export type ImagesPage = {
  images: Image[];
  page: number;
  pages: number;
  total: number;
  /** More fit the filter than are counted. */
  hasMore: boolean;
  filter: GalleryFilter;
  /** Whose images can be asked for: those of members, for who may see these, and of the one that is asked for. */
  people: { id: string; name: string }[];
  viewerId: string | null;
  storage: { used: number; quota: number };
};

/** Images of the organization that fit the filter. A page past the last one is empty, and says how many there are. */
export function imagesPage(
  scope: Scope<"gallery:read">,
  { page, search, sort, by, type }: Omit<GalleryPage, "organization">,
): Plan<ImagesPage> {
  const isSearch = search !== "";
  const isFiltered = isSearch || by !== undefined || type !== undefined;
  const isFit = and(
    by === undefined ? undefined : eq(image.createdBy, by),
    type === undefined ? undefined : eq(image.type, type),
  );
  const fits = isSearch ? contains(images, search, scope.organizationId, isFit) : isFit;
  // The inner select walks the index alone, so a far page costs no rows of the pages before it.
  const fitting = () => scope[isSearch ? "selectPicked" : "select"]({ id: image.id }).from(image).where(fits);
  const ids = fitting()
    .orderBy(...orders[sort])
    .limit(IMAGES_PER_PAGE)
    .offset((page - 1) * IMAGES_PER_PAGE);
  const rows = imageRows(scope, inArray(image.id, ids)).orderBy(...orders[sort]);
  const countable = isSearch ? FOUND_MAXIMUM : IMAGES_COUNTED;
  const found = isSearch
    ? countFound(images, search, scope.organizationId, isFit)
    : sql<number>`(select count(*) from ${fitting().limit(countable + 1)})`;
  const figures = scope
    .select({
      all: organization.imageCount,
      used: organization.storageUsed,
      quota: organization.storageQuota,
      ...(isFiltered && { found }),
    })
    .from(organization);
  const people = scope
    .select({ id: user.id, name: user.name })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(sql`${scope.organizationIf("member:read")} is not null`)
    .orderBy(asc(member.createdAt), asc(member.id))
    .limit(PEOPLE_OFFERED);
  // By what they uploaded here, so that nobody learns the name of a person elsewhere by their id.
  const asked = scope
    .select({ id: user.id, name: user.name })
    .from(image)
    .innerJoin(user, eq(user.id, image.createdBy))
    .where(eq(image.createdBy, by ?? ""))
    .limit(1);
  return plan({ rows, figures, people, asked }, ({ rows, figures: [figure], people, asked }) => {
    const { all, used, quota, found = all } = figure ?? { all: 0, used: 0, quota: 0 };
    const total = isFiltered ? Math.min(found, countable) : all;
    return {
      images: rows.map((row) => toImage(row, scope.viewer?.userId)),
      page,
      pages: Math.max(1, Math.ceil(total / IMAGES_PER_PAGE)),
      total,
      hasMore: found > total,
      filter: { search, sort, by, type },
      people: [...new Map([...people, ...authorsOf(rows), ...asked].map((person) => [person.id, person])).values()],
      viewerId: scope.viewer?.userId ?? null,
      storage: { used, quota },
    };
  });
}

function authorsOf(rows: readonly ImageRow[]): { id: string; name: string }[] {
  return rows.flatMap(({ personId, authorName }) =>
    personId === null ? [] : [{ id: personId, name: authorName ?? "" }],
  );
}

const PEOPLE_OFFERED = 100;

const orders: Record<ImageSort, SQL[]> = {
  newest: [desc(image.createdAt), desc(image.id)],
  name: [sql`${image.name} collate nocase`, asc(image.id)],
  largest: [desc(image.size), desc(image.id)],
};

/** The same for programs: a page that begins after an image, so that nothing moves while images come and go. */
export function imagesAfter(
  scope: Scope<"gallery:read">,
  { organization: slug, limit, after }: { organization: Slug; limit: number; after: CursorPlace | null },
): Plan<Paged<Image>> {
  const ids = scope
    .select({ id: image.id })
    .from(image)
    .where(after === null ? undefined : sql`(${image.createdAt}, ${image.id}) < (${after.at}, ${after.id})`)
    .orderBy(desc(image.createdAt), desc(image.id))
    .limit(limit + 1);
  const rows = imageRows(scope, inArray(image.id, ids)).orderBy(desc(image.createdAt), desc(image.id));
  return plan({ rows }, ({ rows }) =>
    pageOf(rows, {
      limit,
      list: ["images", slug],
      place: ({ createdAt, id }) => ({ at: createdAt.getTime(), id }),
      shows: (row) => toImage(row, scope.viewer?.userId),
    }),
  );
}

export type ImageDetails = { image: Image; newer: string | null; older: string | null };

type Seeing = Scope<"gallery:read" | "gallery:update" | "gallery:delete">;

export function imageDetails(scope: Seeing, { image: id }: { image: ImageId }): Plan<ImageDetails | OutOfReach | null> {
  const neighbour = (comparison: SQL, order: typeof asc) =>
    scope
      .select({ id: image.id })
      .from(image)
      .where(comparison)
      .orderBy(order(image.createdAt), order(image.id))
      .limit(1);
  const place = sql`(select this.created_at, this.id from ${image} as this where ${scope.rows(self, eq(self.id, id))})`;
  const row = imageRows(scope, eq(image.id, id));
  const newer = neighbour(sql`(${image.createdAt}, ${image.id}) > ${place}`, asc);
  const older = neighbour(sql`(${image.createdAt}, ${image.id}) < ${place}`, desc);
  const known = scope.selectOfAnyone({ id: image.id }).from(image).where(eq(image.id, id));
  return plan({ row, newer, older, known }, ({ row: [found], newer: [newer], older: [older], known }) => {
    if (found === undefined) return known.length === 0 ? null : outOfReach;
    return { image: toImage(found, scope.viewer?.userId), newer: newer?.id ?? null, older: older?.id ?? null };
  });
}

const self = aliasedTable(image, "this");

export type ImageFileRow = Pick<typeof image.$inferSelect, "id" | "name" | "type" | "size">;

export function imageFile(scope: Scope<"gallery:read">, { image: id }: { image: ImageId }): Plan<ImageFileRow | null> {
  const found = scope
    .select({ id: image.id, name: image.name, type: image.type, size: image.size })
    .from(image)
    .where(eq(image.id, id));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

function imageRows(scope: Seeing, which: SQL) {
  const role = scope.select({ role: member.role }).from(member).where(eq(member.userId, scope.userId));
  return scope
    .selectPicked({
      id: image.id,
      name: image.name,
      type: image.type,
      size: image.size,
      createdAt: image.createdAt,
      personId: user.id,
      authorId: sql<string | null>`coalesce(${user.id}, ${apiKey.id})`,
      authorName: sql<string | null>`coalesce(${user.name}, ${apiKey.name})`,
      viewerRole: sql<Role | null>`(${role})`,
    })
    .from(image)
    .leftJoin(user, eq(user.id, image.createdBy))
    .leftJoin(apiKey, eq(apiKey.id, image.createdByKey))
    .where(which);
}

type ImageRow = Awaited<ReturnType<typeof imageRows>>[number];

function toImage(
  { viewerRole, createdAt, personId: _, authorId, authorName, ...row }: ImageRow,
  viewerId: string | undefined,
): Image {
  const isOwn = authorId !== null && authorId === viewerId;
  return {
    ...row,
    createdBy: authorId === null ? null : { id: authorId, name: authorName ?? "" },
    createdAt: createdAt.getTime(),
    canRename: viewerRole !== null && can(viewerRole, "gallery:update", isOwn),
    canRemove: viewerRole !== null && can(viewerRole, "gallery:delete", isOwn),
  };
}
