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
  "member:leave": everyone,
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

/** The roles that have a permission, as far as `reach`; left out: however far. */
export function rolesWith(permission: Permission, reach?: Reach): Role[] {
  return roles.filter((role) => [reach ?? "own", "any"].includes(reachOf(role, permission)));
}

/** Whom a role rules: people who have one of these roles, each of which it may also give. Nobody but an owner makes an owner. */
const ruled: Record<Role, readonly Role[]> = { member: [], admin: ["member", "admin"], owner: roles };

export function rolesRuledBy(role: Role): readonly Role[] {
  return ruled[role];
}

/** Whom a role is given to; `owners` of their organization, as many as remain when the last one steps down are too few. */
type Given = { role: Role; isSelf: boolean; owners?: number };

/** The other roles a person may give somebody: nobody changes their own, save an owner who steps down. */
export function rolesToGive(giver: Role, { role, isSelf, owners = 2 }: Given): Role[] {
  const others = roles.filter((each) => each !== role);
  if (isSelf) return role === "owner" && owners > 1 ? others : [];
  return ruled[giver].includes(role) ? others.filter((each) => ruled[giver].includes(each)) : [];
}
