import type { ReactNode } from "react";
import { buttonClasses } from "./button.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";

/** Without JavaScript the browser's own menu prints the same: what is `printed` on a page, alone. */
export function PrintButton({ children }: { children: ReactNode }) {
  if (!useIsHydrated()) return null;
  return (
    <button type="button" onClick={() => print()} className={buttonClasses({ variant: "secondary" })}>
      {children}
    </button>
  );
}
