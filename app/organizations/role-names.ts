import { m } from "#app/i18n/messages.ts";
import type { Role } from "./permissions.ts";

export function roleName(role: Role): string {
  switch (role) {
    case "member":
      return m.organizations_role_member();
    case "admin":
      return m.organizations_role_admin();
    case "owner":
      return m.organizations_role_owner();
  }
}
