import { m } from "#app/i18n/messages.ts";
import { ENDPOINTS_PER_ORGANIZATION, FORMER_SECRET_HOURS } from "./limits.ts";

const notFound = { status: 404, message: () => m.webhooks_not_found() } as const;
const unreachable = { status: 400, field: "url", message: () => m.webhooks_url_invalid() } as const;

const shown = { status: 409, message: () => m.webhooks_shown() } as const;

export const makeRefusals = {
  unreachable,
  full: { status: 409, message: () => m.webhooks_full({ maximum: ENDPOINTS_PER_ORGANIZATION }) },
  shown,
} as const;

export const editRefusals = {
  "not-found": notFound,
  unreachable,
  addresses: { status: 403, field: "seesAddresses", message: () => m.webhooks_addresses_refused() },
} as const;

export const rotateRefusals = {
  "not-found": notFound,
  rotated: { status: 409, message: () => m.webhooks_rotated_lately({ hours: FORMER_SECRET_HOURS }) },
  shown,
} as const;

export const changeRefusals = { "not-found": notFound } as const;

export const sendRefusals = {
  "not-found": notFound,
  disabled: { status: 409, message: () => m.webhooks_is_disabled() },
} as const;

export const resendRefusals = {
  ...sendRefusals,
  "not-found": { status: 404, message: () => m.webhooks_delivery_not_found() },
} as const;

export const replayRefusals = {
  ...sendRefusals,
  none: { status: 409, message: () => m.webhooks_replay_none() },
} as const;
