import { currentTag } from "./format.ts";
import { m } from "./messages.ts";

export function roleName(role: "member" | "admin" | "owner"): string {
  switch (role) {
    case "member":
      return m.common_role_member();
    case "admin":
      return m.common_role_admin();
    case "owner":
      return m.common_role_owner();
  }
}

export function roleDescription(role: "member" | "admin" | "owner"): string {
  switch (role) {
    case "member":
      return m.common_role_member_description();
    case "admin":
      return m.common_role_admin_description();
    case "owner":
      return m.common_role_owner_description();
  }
}

export function listedRoles(roles: readonly Parameters<typeof roleName>[0][]): string {
  return new Intl.ListFormat(currentTag(), { type: "disjunction" }).format(roles.map(roleName));
}
