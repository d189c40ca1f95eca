import { m } from "#app/i18n/messages.ts";
import type { Lack } from "#app/tenancy/inviting.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "#app/tenancy/limits.ts";

export const lackWords: Record<Lack, () => string> = {
  "organization-full": () => m.invitations_organization_full(),
  "too-many-owned": () =>
    `${m.invitations_too_many_owned({ maximum: ORGANIZATIONS_OWNED_MAXIMUM })} ${m.organizations_owned_next()}`,
};
