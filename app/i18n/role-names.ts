import { currentTag } from "./format.ts";
import { m } from "./messages.ts";

type Role = "member" | "admin" | "owner";

export function roleName(role: Role): string {
  switch (role) {
    case "member":
      return m.common_role_member();
    case "admin":
      return m.common_role_admin();
    case "owner":
      return m.common_role_owner();
  }
}

export function roleDescription(role: Role): string {
  switch (role) {
    case "member":
      return m.common_role_member_description();
    case "admin":
      return m.common_role_admin_description();
    case "owner":
      return m.common_role_owner_description();
  }
}

/** Everyone in these roles, as the texts of a refusal say it: "owners and admins", or "to" them in French. */
export function peopleIn(roles: readonly Role[]): string {
  const words = { member: m.errors_roles_member, admin: m.errors_roles_admin, owner: m.errors_roles_owner };
  return new Intl.ListFormat(currentTag(), { type: "conjunction" }).format(roles.map((role) => words[role]()));
}
