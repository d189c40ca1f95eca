import { useEffect, useEffectEvent } from "react";

/** Closes what lies over the page when the page behind it changes by the browser's Back or Forward. */
export function useBack(isOpen: boolean, close: () => void) {
  // The router renders while it hears the same event, so a listener that each render replaces would come too late.
  const onBack = useEffectEvent(close);
  useEffect(() => {
    if (!isOpen) return;
    const hear = () => onBack();
    addEventListener("popstate", hear);
    return () => removeEventListener("popstate", hear);
  }, [isOpen]);
}
