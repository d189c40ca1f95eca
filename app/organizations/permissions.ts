export const roles = ["member", "admin", "owner"] as const;

export type Role = (typeof roles)[number];

/** How far a permission goes: every row of the organization, only rows this person made, or none. */
export type Reach = "any" | "own" | "none";

const everyone = { member: "any", admin: "any", owner: "any" } as const;
const ownOrAdmins = { member: "own", admin: "any", owner: "any" } as const;
const admins = { member: "none", admin: "any", owner: "any" } as const;
const owners = { member: "none", admin: "none", owner: "any" } as const;

/** The one table: screens, loaders and actions all read it. */
export const permissions = {
  "dashboard:read": everyone,
  "gallery:read": everyone,
  "gallery:create": everyone,
  "gallery:update": ownOrAdmins,
  "gallery:delete": ownOrAdmins,
  "member:read": admins,
  "member:update": admins,
  "member:delete": owners,
  "invitation:read": admins,
  "invitation:create": admins,
  "invitation:update": admins,
  "invitation:delete": admins,
  "organization:update": owners,
  "organization:transfer": owners,
  "organization:delete": owners,
  "audit:read": owners,
} as const satisfies Record<string, Record<Role, Reach>>;

export type Permission = keyof typeof permissions;

export function reachOf(role: Role, permission: Permission): Reach {
  return permissions[permission][role];
}

/** Whether a control for one row is shown: the row's maker counts where the permission reaches only own rows. */
export function can(role: Role, permission: Permission, isOwn = false): boolean {
  const reach = reachOf(role, permission);
  return reach === "any" || (reach === "own" && isOwn);
}

export function rolesWith(permission: Permission): Role[] {
  return roles.filter((role) => reachOf(role, permission) !== "none");
}
