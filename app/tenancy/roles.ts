export const roles = ["member", "admin", "owner"] as const;

export type Role = (typeof roles)[number];

/** How far a permission reaches: every row of the organization, only rows that this person made, or none. */
export type Reach = "any" | "own" | "none";

export const everyone = { member: "any", admin: "any", owner: "any" } as const;
export const ownOrAdmins = { member: "own", admin: "any", owner: "any" } as const;
export const admins = { member: "none", admin: "any", owner: "any" } as const;
export const owners = { member: "none", admin: "none", owner: "any" } as const;

/** A person who belongs to organizations needs one of these roles in one of them to create another. */
export const creatingRoles: readonly Role[] = ["admin", "owner"];

/** The roles that a role rules: it can change people with these roles, and give these roles. Only an owner makes an owner. */
const ruled: Record<Role, readonly Role[]> = { member: [], admin: ["member", "admin"], owner: roles };

export function rolesRuledBy(role: Role): readonly Role[] {
  return ruled[role];
}

/** A key rules like an admin. Changes of owners need a fresh proof, which a key never has. */
export const ruledByKeys = rolesRuledBy("admin");

type Given = { role: Role; isSelf: false; owners?: number } | { role: Role; isSelf: boolean; owners: number };

/** The only owner stays one. */
export function rolesToGive(giver: Role, { role, isSelf, owners }: Given): Role[] {
  const others = roles.filter((each) => each !== role);
  if (isSelf) return role === "owner" && owners > 1 ? others : [];
  return ruled[giver].includes(role) ? others.filter((each) => ruled[giver].includes(each)) : [];
}
