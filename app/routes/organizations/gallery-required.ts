import type { Image, ImageDetails } from "#app/gallery/images.server.ts";
import { can, type Permission, roles } from "#app/organizations/permissions.ts";
import type { Problem } from "#app/request/answers.server.ts";
import { required } from "../required.ts";

/** For a page that changes one image: throws 403 where the permission reaches own images only, and this is another's. */
export function requireChangeable(found: ImageDetails | null, permission: "gallery:update" | "gallery:delete"): Image {
  const { image } = required(found);
  const isAllowed = permission === "gallery:update" ? image.canRename : image.canRemove;
  if (isAllowed) return image;
  const problem: Problem = { error: "forbidden", roles: rolesThatReachAll(permission) };
  throw Response.json(problem, { status: 403 });
}

function rolesThatReachAll(permission: Permission) {
  return roles.filter((role) => can(role, permission));
}
