import type { ReactNode } from "react";

/** Says to screen readers what a link has changed on the page, since the focus stays on the link. */
export function Heard({ children }: { children: ReactNode }) {
  return (
    <p aria-live="polite" className="sr-only">
      {children}
    </p>
  );
}
