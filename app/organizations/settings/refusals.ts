import { m } from "#app/i18n/messages.ts";

export const moveRefusals = {
  "slug-taken": { status: 409, field: "slug", message: () => m.refusals_slug_taken() },
} as const;

export const secondFactorRefusals = {
  "one-factor": { status: 409, message: () => m.settings_second_factor_first() },
} as const;

export const deleteRefusals = {
  "other-name": { status: 409, field: "name", message: () => m.settings_delete_other_name() },
} as const;
