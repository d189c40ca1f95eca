import type { ReactNode } from "react";
import { m } from "#app/i18n/messages.ts";

const ID = "last-used";

/** Marks the button inside as the last sign-in method used in this browser, without shifting the layout. */
export function LastUsed({ isLast, children }: { isLast: boolean; children: ReactNode }) {
  return (
    <div className="relative grid">
      {children}
      {isLast && (
        <span
          id={ID}
          className="badge badge-accent pointer-events-none absolute top-0 end-3 -translate-y-1/2 border bg-surface"
        >
          {m.account_last_used()}
        </span>
      )}
    </div>
  );
}

export const lastUsed = (isLast: boolean) => (isLast ? { "aria-describedby": ID } : {});
