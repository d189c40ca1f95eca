import { m } from "#app/i18n/messages.ts";
import { FORMER_KEY_HOURS, KEYS_PER_ORGANIZATION } from "./limits.ts";

const notFound = { status: 404, message: () => m.keys_not_found() } as const;
const dead = { status: 409, message: () => m.keys_is_dead() } as const;
const shown = { status: 409, message: () => m.keys_shown() } as const;

export const makeRefusals = {
  beyond: { status: 403, field: "permissions", message: () => m.keys_beyond() },
  full: { status: 409, message: () => m.keys_full({ maximum: KEYS_PER_ORGANIZATION }) },
  shown,
} as const;

export const rotateRefusals = {
  "not-found": notFound,
  dead,
  beyond: { status: 403, message: () => m.keys_rotate_beyond() },
  shown,
  rotated: { status: 409, message: () => m.keys_rotated_lately({ hours: FORMER_KEY_HOURS }) },
} as const;

export const revokeRefusals = { "not-found": notFound } as const;
