import type { ReactNode } from "react";
import { buttonClasses } from "./button.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";

/** Prints only the elements with the class `printed`. Without JavaScript, the browser's own menu does the same. */
export function PrintButton({ children }: { children: ReactNode }) {
  if (!useIsHydrated()) return null;
  return (
    <button type="button" onClick={() => print()} className={buttonClasses({ variant: "secondary" })}>
      {children}
    </button>
  );
}
