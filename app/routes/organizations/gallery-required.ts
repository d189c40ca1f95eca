import type { Image, ImageDetails } from "#app/gallery/images.server.ts";
import { can, type Permission, roles } from "#app/organizations/permissions.ts";
import type { Problem } from "#app/request/answers.server.ts";

/** For a page about one image: throws 404 when the organization has no such image. */
export function requireImage(found: ImageDetails | null): ImageDetails {
  if (found === null) throw refusal(404, { error: "not-found" });
  return found;
}

/** For a page that changes one image: throws 403 where the permission reaches own images only, and this is another's. */
export function requireChangeable(found: ImageDetails | null, permission: "gallery:update" | "gallery:delete"): Image {
  const { image } = requireImage(found);
  const isAllowed = permission === "gallery:update" ? image.canRename : image.canRemove;
  if (!isAllowed) throw refusal(403, { error: "forbidden", roles: rolesThatReachAll(permission) });
  return image;
}

function rolesThatReachAll(permission: Permission) {
  return roles.filter((role) => can(role, permission));
}

function refusal(status: number, problem: Problem): Response {
  return Response.json(problem, { status });
}
