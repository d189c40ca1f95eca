import { ORGANIZATIONS_OWNED_MAXIMUM } from "#app/tenancy/limits.ts";
import { creatingRoles, type Role } from "#app/tenancy/roles.ts";

export type Creation = "allowed" | "too-many-owned" | "members-only";

/** For pages and for the reason of a refusal. The statement that creates the organization enforces the same rule. */
export function creationFor(roles: readonly Role[]): Creation {
  if (roles.filter((role) => role === "owner").length >= ORGANIZATIONS_OWNED_MAXIMUM) return "too-many-owned";
  const mayCreate = roles.length === 0 || roles.some((role) => creatingRoles.includes(role));
  return mayCreate ? "allowed" : "members-only";
}
