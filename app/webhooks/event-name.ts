import { actionNames } from "#app/audit/action-words.ts";
import { m } from "#app/i18n/messages.ts";
import { TEST_EVENT } from "./events.ts";

export function nameOfEvent(event: string): string {
  if (event === TEST_EVENT) return m.webhooks_event_test();
  return actionNames.find(({ value }) => value === event)?.label() ?? event;
}
