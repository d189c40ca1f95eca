import { formatNumber } from "#app/i18n/format.ts";
import { m } from "#app/i18n/messages.ts";
import { INVITE_LINKS_MAXIMUM } from "../limits.ts";

const gone = { status: 404, message: () => m.links_gone() } as const;

export const makeRefusals = {
  full: { status: 409, message: () => m.links_full({ maximum: formatNumber(INVITE_LINKS_MAXIMUM) }) },
  gone: { ...gone, status: 409 },
} as const;

export const revokeRefusals = { gone } as const;

export const joinRefusals = {
  "not-found": { status: 404, message: () => m.links_unknown_description() },
  over: { status: 410, message: () => m.links_over() },
  unverified: { status: 403, message: () => m.links_unverified() },
  "other-domain": { status: 403, message: () => m.links_other_domain() },
  "one-factor": { status: 403, message: () => m.links_one_factor() },
  removed: { status: 403, message: () => m.links_removed() },
  "organization-full": { status: 409, message: () => m.invitations_organization_full() },
} as const;
