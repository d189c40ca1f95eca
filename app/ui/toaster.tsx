import { useEffect, useSyncExternalStore } from "react";
import { late } from "./line/late.tsx";
import { isWanted, subscribe, type Toast, takeToasts, waitingToasts } from "./toasts.ts";

const ToasterView = late(() => import("./toaster-view.tsx"));

const SHOWN_MS = 6_000;

const none: readonly Toast[] = [];

export function Toaster() {
  const isShown = useSyncExternalStore(subscribe, isWanted, () => false);
  return isShown ? <ToasterView instead={<PlainToasts />} /> : null;
}

function PlainToasts() {
  const waiting = useSyncExternalStore(subscribe, waitingToasts, () => none);
  const newest = waiting.at(-1);
  useEffect(() => {
    if (newest === undefined) return;
    const end = setTimeout(() => waitingToasts().at(-1) === newest && takeToasts(), SHOWN_MS);
    return () => clearTimeout(end);
  }, [newest]);
  return (
    <p
      role="status"
      aria-live="polite"
      className="fixed inset-x-3 top-3 z-30 mx-auto max-w-sm rounded-xl border bg-raised p-4 text-sm shadow-pop empty:hidden"
    >
      {newest?.message}
    </p>
  );
}
