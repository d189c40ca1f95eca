import { isOneOf } from "#app/ui/list-place.ts";
import { actionNames } from "./action-words.ts";

const DAY = /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/;
const CURSOR = /^\d{1,15}\.[\w-]{1,64}$/;

export const logFilter = {
  actor: /^[\w-]{1,64}$/,
  action: isOneOf(actionNames.map(({ value }) => value)),
  from: DAY,
  to: DAY,
  search: /\S/,
};

export const logPlace = { ...logFilter, before: CURSOR, after: CURSOR };

/** Whether the last day is before the first: nothing can fit such a filter. */
export function isReversed({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  return Boolean(from && to && to < from);
}
