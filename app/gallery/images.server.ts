import { aliasedTable, and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { image } from "#app/db/schema/gallery.ts";
import { member, organization } from "#app/db/schema/organizations.ts";
import { user } from "#app/db/schema/people.ts";
import { can, type Role } from "#app/organizations/permissions.ts";
import type { Scope } from "#app/request/grant.server.ts";
import { type Plan, plan } from "#app/request/plan.ts";
import { IMAGES_PER_PAGE } from "./limits.ts";
import type { ImageId } from "./schemas.ts";

export type Image = {
  id: string;
  name: string;
  type: (typeof image.$inferSelect)["type"];
  /** Bytes. */
  size: number;
  /** Milliseconds. */
  createdAt: number;
  /** Null: whoever uploaded it has deleted their account. */
  createdBy: { id: string; name: string } | null;
  canRename: boolean;
  canRemove: boolean;
};

/** `used` and `quota` in bytes. */
export type ImagesPage = {
  images: Image[];
  page: number;
  pages: number;
  total: number;
  storage: { used: number; quota: number };
};

/** Images of the organization, newest first. A page past the last one is empty, and says how many there are. */
export function imagesPage(scope: Scope<"gallery:read">, page: number): Plan<ImagesPage> {
  const { db, organizationId } = scope;
  // The inner select walks the index alone, so a far page costs no rows of the pages before it.
  const ids = db
    .select({ id: image.id })
    .from(image)
    .where(eq(image.organizationId, organizationId))
    .orderBy(desc(image.createdAt), desc(image.id))
    .limit(IMAGES_PER_PAGE)
    .offset((page - 1) * IMAGES_PER_PAGE);
  const rows = imageRows(scope).where(inArray(image.id, ids)).orderBy(desc(image.createdAt), desc(image.id));
  const figures = db
    .select({ total: organization.imageCount, used: organization.storageUsed, quota: organization.storageQuota })
    .from(organization)
    .where(eq(organization.id, organizationId));
  return plan({ rows, figures }, ({ rows, figures: [figure] }) => {
    const { total, used, quota } = figure ?? { total: 0, used: 0, quota: 0 };
    return {
      images: rows.map((row) => toImage(row, scope.viewer.userId)),
      page,
      pages: Math.max(1, Math.ceil(total / IMAGES_PER_PAGE)),
      total,
      storage: { used, quota },
    };
  });
}

/** `newer` and `older` are the neighbours in the gallery's order. */
export type ImageDetails = { image: Image; newer: string | null; older: string | null };

export function imageDetails(
  scope: Scope<"gallery:read" | "gallery:update" | "gallery:delete">,
  id: ImageId,
): Plan<ImageDetails | null> {
  const { db, organizationId } = scope;
  const other = aliasedTable(image, "other");
  const neighbour = (comparison: ReturnType<typeof sql>, order: typeof asc) =>
    db
      .select({ id: other.id })
      .from(other)
      .where(and(eq(other.organizationId, organizationId), comparison))
      .orderBy(order(other.createdAt), order(other.id))
      .limit(1);
  const place = sql`(select created_at, id from image where id = ${id} and organization_id = ${organizationId})`;
  const row = imageRows(scope).where(and(eq(image.id, id), eq(image.organizationId, organizationId)));
  const newer = neighbour(sql`(${other.createdAt}, ${other.id}) > ${place}`, asc);
  const older = neighbour(sql`(${other.createdAt}, ${other.id}) < ${place}`, desc);
  return plan({ row, newer, older }, ({ row: [found], newer: [newer], older: [older] }) =>
    found === undefined
      ? null
      : { image: toImage(found, scope.viewer.userId), newer: newer?.id ?? null, older: older?.id ?? null },
  );
}

/** What it takes to hand out an image's file. */
export type ImageFileRow = Pick<typeof image.$inferSelect, "id" | "name" | "type" | "size">;

export function imageFile({ db, organizationId }: Scope<"gallery:read">, id: ImageId): Plan<ImageFileRow | null> {
  const found = db
    .select({ id: image.id, name: image.name, type: image.type, size: image.size })
    .from(image)
    .where(and(eq(image.id, id), eq(image.organizationId, organizationId)));
  return plan({ found }, ({ found: [row] }) => row ?? null);
}

function imageRows({ db, organizationId, userId }: Scope<"gallery:read" | "gallery:update" | "gallery:delete">) {
  const role = db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, organizationId), eq(member.userId, userId)));
  return db
    .select({
      id: image.id,
      name: image.name,
      type: image.type,
      size: image.size,
      createdAt: image.createdAt,
      createdBy: { id: user.id, name: user.name },
      viewerRole: sql<Role>`(${role})`,
    })
    .from(image)
    .leftJoin(user, eq(user.id, image.createdBy))
    .$dynamic();
}

type ImageRow = Awaited<ReturnType<typeof imageRows>>[number];

function toImage({ viewerRole, createdAt, ...row }: ImageRow, viewerId: string): Image {
  const isOwn = row.createdBy?.id === viewerId;
  return {
    ...row,
    createdAt: createdAt.getTime(),
    canRename: can(viewerRole, "gallery:update", isOwn),
    canRemove: can(viewerRole, "gallery:delete", isOwn),
  };
}
