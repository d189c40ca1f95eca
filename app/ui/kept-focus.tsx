import { useLayoutEffect, useRef } from "react";
import { useIsHydrated } from "./use-is-hydrated.ts";

// If they cannot be loaded, the browser decides where the focus goes.
const follow = () => Promise.all([import("./next-focus.ts"), import("./menu-keys.ts")]).catch(() => {});

/** Keeps the focus when hydration replaces an element by one with the same label. Render it before what it watches. */
export function KeptFocus() {
  const isHydrated = useIsHydrated();
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    // Load them when something gets the focus, so that a first visit does not need it.
    if (isHydrated) document.addEventListener("focusin", follow, { once: true });
    const before = focused.current;
    const label = before?.isConnected === false ? before.getAttribute("aria-label") : null;
    if (label !== null) document.querySelector<HTMLElement>(`[aria-label="${CSS.escape(label)}"]`)?.focus();
    return () => {
      focused.current = isHydrated ? null : document.activeElement;
    };
  }, [isHydrated]);
  return null;
}
