import { type FeaturePermission, features } from "#app/features.ts";
import { type Reach, type Role, roles } from "./roles.ts";

export type Permission = FeaturePermission;

export const permissions = Object.assign({}, ...features.map(({ permissions }) => permissions)) as Record<
  Permission,
  Record<Role, Reach>
>;

const personal: readonly string[] = features.flatMap(({ personal = [] }) => personal);

export const keyPermissions = (Object.keys(permissions) as Permission[]).filter((each) => !personal.includes(each));

/** The permissions that someone in this role can give to a key. A key reaches every row. */
export function permissionsToGive(role: Role): Permission[] {
  return keyPermissions.filter((each) => reachOf(role, each) === "any");
}

export function reachOf(role: Role, permission: Permission): Reach {
  return permissions[permission][role];
}

/** Whether to show a control for a row. `isOwn` (the caller made the row) counts if the permission reaches only own rows. */
export function can(role: Role, permission: Permission, isOwn = false): boolean {
  const reach = reachOf(role, permission);
  return reach === "any" || (reach === "own" && isOwn);
}

export function rolesWith(permission: Permission, reach?: "any"): Role[] {
  return roles.filter((role) => [reach ?? "own", "any"].includes(reachOf(role, permission)));
}
