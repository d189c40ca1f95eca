import { m } from "#app/i18n/messages.ts";
import { ORGANIZATIONS_OWNED_MAXIMUM } from "../limits.ts";

/** What keeps an invited person from accepting an open invitation. */
export type Lack = "organization-full" | "too-many-owned";

export const lackWords: Record<Lack, () => string> = {
  "organization-full": () => m.invitations_organization_full(),
  "too-many-owned": () =>
    `${m.invitations_too_many_owned({ maximum: ORGANIZATIONS_OWNED_MAXIMUM })} ${m.organizations_owned_next()}`,
};
