import { m } from "#app/i18n/messages.ts";
import type { Role } from "#app/tenancy/roles.ts";

/** The label of a button that gives a role, such as "Make admin". */
export function roleCommand(role: Role): string {
  switch (role) {
    case "member":
      return m.members_make_member();
    case "admin":
      return m.members_make_admin();
    case "owner":
      return m.members_make_owner();
  }
}
