import { useLayoutEffect, useRef } from "react";
import { useIsHydrated } from "./use-is-hydrated.ts";

/**
 * Keeps the focus when the scripts put something better in the place of what has it, as a menu in the place of a link: both have
 * one name. Must stand before what it watches over, so that it looks before anything is taken away.
 */
export function KeptFocus() {
  const isHydrated = useIsHydrated();
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const before = focused.current;
    const label = before?.isConnected === false ? before.getAttribute("aria-label") : null;
    if (label !== null) document.querySelector<HTMLElement>(`[aria-label="${CSS.escape(label)}"]`)?.focus();
    return () => {
      focused.current = isHydrated ? null : document.activeElement;
    };
  }, [isHydrated]);
  return null;
}
