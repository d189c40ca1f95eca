import type { ReactNode } from "react";
import { currentZone, formatDateTime, formatDateTimeInZone } from "#app/i18n/format.ts";

export function AnswerFact({ term, detail, children }: { term: string; detail?: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4 gap-y-1 px-4 py-3">
      <dt className="text-muted">{term}</dt>
      <dd className="font-medium">{children}</dd>
      {detail !== undefined && <dd className="w-full text-muted">{detail}</dd>}
    </div>
  );
}

/** To the minute, since the last day ends in the middle. A visitor's zone may not be known yet. */
export function untilWords(expiresAt: number): string {
  return currentZone() === "UTC" ? formatDateTimeInZone(expiresAt) : formatDateTime(expiresAt);
}
