import { aliasedTable, and, asc, desc, eq, inArray, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { image, images } from "#app/db/schema/gallery.ts";
import { apiKey } from "#app/db/schema/keys.ts";
import { member, organization, roleIn } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { contains, countFound, FOUND_MAXIMUM } from "#app/db/search.server.ts";
import type { Scope } from "#app/operation/grant.server.ts";
import { type OnePage, type Paged, pageOf } from "#app/operation/pages.server.ts";
import { type OutOfReach, outOfReach, type Plan, plan } from "#app/operation/plan.ts";
import { can } from "#app/tenancy/permissions.ts";
import type { ImageSort } from "./gallery-place.ts";
import { IMAGES_COUNTED, IMAGES_PER_PAGE } from "./limits.ts";
import type { GalleryPage, ImageId, ImageVisit as Visited } from "./schemas.ts";

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

type GalleryFilter = { search: string; sort: ImageSort; by: string | undefined; type: string | undefined };

export type ImagesPage = {
  images: Image[];
  page: number;
  pages: number;
  total: number;
  /** More images fit the filter than are counted. */
  hasMore: boolean;
  filter: GalleryFilter;
  /** People to filter by: members (if the viewer may see them), authors on this page, and the person in the filter. */
  people: { id: string; name: string }[];
  viewerId: string | null;
  storage: { used: number; quota: number };
};

/** The images that fit the filter. A page past the last one is empty but still has the total. */
export function imagesPage(
  scope: Scope<"gallery:read">,
  { page, search, sort, by, type }: Omit<GalleryPage, "organization">,
): Plan<ImagesPage> {
  const isSearch = search !== "";
  const isFiltered = isSearch || by !== undefined || type !== undefined;
  const isFit = isOf({ by, type });
  // The inner select reads only the index, so a far page does not read the rows of the pages before it.
  const fitting = () => idsFitting(scope, { search, by, type });
  const ids = fitting()
    .orderBy(...orderOf(sort))
    .limit(IMAGES_PER_PAGE)
    .offset((page - 1) * IMAGES_PER_PAGE);
  const rows = imageRows(scope, inArray(image.id, ids)).orderBy(...orderOf(sort));
  const countable = isSearch ? FOUND_MAXIMUM : IMAGES_COUNTED;
  const found = isSearch
    ? countFound(images, search, scope.organizationId, isFit)
    : scope.count(image, { where: isFit, upTo: countable + 1 });
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
  // Looked up through an upload in this organization, so that an id does not reveal the name of a person from elsewhere.
  const asked = by !== undefined && {
    asked: scope
      .select({ id: user.id, name: user.name })
      .from(image)
      .innerJoin(user, eq(user.id, image.createdBy))
      .where(eq(image.createdBy, by))
      .limit(1),
  };
  return plan({ rows, figures, people, ...asked }, ({ rows, figures: [figure], people, asked = [] }) => {
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

/** How much the organization stores, to say before an upload that nothing can be added. */
export function storageOf({ select }: Scope<"gallery:create">): Plan<ImagesPage["storage"]> {
  const rows = select({ used: organization.storageUsed, quota: organization.storageQuota }).from(organization);
  return plan({ rows }, ({ rows: [row] }) => row ?? { used: 0, quota: 0 });
}

function authorsOf(rows: readonly ImageRow[]): { id: string; name: string }[] {
  return rows.flatMap(({ personId, authorName }) =>
    personId === null ? [] : [{ id: personId, name: authorName ?? "" }],
  );
}

const PEOPLE_OFFERED = 100;

function isOf({ by, type }: Pick<GalleryPage, "by" | "type">): SQL | undefined {
  return and(
    by === undefined ? undefined : eq(image.createdBy, by),
    type === undefined ? undefined : eq(image.type, type),
  );
}

/** The ids of the images that fit the filter and, if given, `where`. */
function idsFitting(
  scope: Scope<"gallery:read">,
  { search, ...filter }: Pick<GalleryPage, "search" | "by" | "type">,
  where?: SQL,
) {
  const isSearch = search !== "";
  const isFit = isOf(filter);
  const fits = isSearch ? contains(images, search, scope.organizationId, isFit) : isFit;
  return scope[isSearch ? "selectPicked" : "select"]({ id: image.id }).from(image).where(and(fits, where));
}

const self = aliasedTable(image, "this");

const sorted = {
  newest: { key: "createdAt", collation: sql``, isUp: false },
  name: { key: "name", collation: sql`collate nocase`, isUp: true },
  largest: { key: "size", collation: sql``, isUp: false },
} as const;

function orderOf(sort: ImageSort, isBack = false): SQL[] {
  const { key, collation, isUp } = sorted[sort];
  return [sql`${image[key]} ${collation}`, image.id].map((each) => (isUp === isBack ? desc(each) : asc(each)));
}

/** A page of images for the API. It begins after a given image, so nothing shifts while images are added and deleted. */
export function imagesAfter(
  scope: Scope<"gallery:read">,
  { organization: slug, limit, after }: OnePage,
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

export type ImageDetails = { image: Image };

type Seeing = Scope<"gallery:read" | "gallery:update" | "gallery:delete">;

export function imageDetails(scope: Seeing, { image: id }: { image: ImageId }): Plan<ImageDetails | OutOfReach | null> {
  const row = imageRows(scope, eq(image.id, id));
  const known = scope.selectOfAnyone({ id: image.id }).from(image).where(eq(image.id, id));
  return plan({ row, known }, ({ row: [found], known }) => {
    if (found === undefined) return known.length === 0 ? null : outOfReach;
    return { image: toImage(found, scope.viewer?.userId) };
  });
}

export type ImageVisit = ImageDetails & { previous: string | null; next: string | null };

/** An image and its neighbours in the list it was opened from, whether or not that list still contains it. */
export function imageVisit(
  scope: Scope<"gallery:read">,
  { image: id, sort, ...filter }: Omit<Visited, "organization">,
): Plan<ImageVisit | null> {
  const { key, collation, isUp } = sorted[sort];
  // Select each column separately and without an affinity (`+`), or SQLite uses its index for the first column only.
  const own = (column: SQLWrapper) =>
    sql`(select +${column} from ${image} as this where ${scope.rows(self, eq(self.id, id))})`;
  const place = sql`(${own(self[key])} ${collation}, ${own(self.id)})`;
  const beside = (isBack: boolean) =>
    idsFitting(scope, filter, sql`(${image[key]}, ${image.id}) ${isUp === isBack ? sql`<` : sql`>`} ${place}`)
      .orderBy(...orderOf(sort, isBack))
      .limit(1);
  const row = imageRows(scope, eq(image.id, id));
  return plan({ row, before: beside(true), after: beside(false) }, ({ row: [found], before, after }) => {
    if (found === undefined) return null;
    const [previous = null, next = null] = [before[0]?.id, after[0]?.id];
    return { image: toImage(found, scope.viewer?.userId), previous, next };
  });
}

export type ImageFileRow = Pick<typeof image.$inferSelect, "id" | "name" | "type" | "size">;

export function imageFile(scope: Scope<"gallery:read">, { image: id }: { image: ImageId }): Plan<ImageFileRow | null> {
  const found = scope
    .select({ id: image.id, name: image.name, type: image.type, size: image.size })
    .from(image)
    .where(eq(image.id, id));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

function imageRows(scope: Seeing, which: SQL) {
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
      viewerRole: roleIn(image.organizationId, scope.userId),
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
