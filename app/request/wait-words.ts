import { m } from "#app/i18n/messages.ts";

export function waitWords(seconds: number): string {
  if (seconds < 120) return m.refusals_too_many_requests({ seconds });
  if (seconds < 7200) return m.refusals_too_many_minutes({ minutes: Math.ceil(seconds / 60) });
  return m.refusals_too_many_hours({ hours: Math.ceil(seconds / 3600) });
}
