import { useLayoutEffect, useRef } from "react";
import { useIsHydrated } from "./use-is-hydrated.ts";

// Without a connection the focus goes where the browser puts it.
const follow = () => import("./next-focus.ts").catch(() => {});

/** Scripts may replace the focused element, as a link by a menu: both have one name. Must stand before what it watches. */
export function KeptFocus() {
  const isHydrated = useIsHydrated();
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    // Not before anything has the focus: a first visit does without it.
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
