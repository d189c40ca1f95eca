import { m } from "#app/i18n/messages.ts";

/** The label of a control that asks before it acts. */
export function asksFirst(action: string): string {
  return action + m.common_asks();
}
