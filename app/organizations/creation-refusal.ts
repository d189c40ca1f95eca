import { m } from "#app/i18n/messages.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "#app/tenancy/limits.ts";
import type { Creation } from "./creation.ts";

export function creationRefusal(reason: Exclude<Creation, "allowed">): string {
  return reason === "too-many-owned"
    ? `${m.organizations_too_many_owned({ maximum: ORGANIZATIONS_OWNED_MAXIMUM })} ${m.organizations_owned_next()}`
    : m.organizations_members_only();
}
