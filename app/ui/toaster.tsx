import { lazy, Suspense, useSyncExternalStore } from "react";
import { isWanted, subscribe } from "./toasts.ts";

const ToasterView = lazy(() => import("./toaster-view.tsx"));

/** Where toasts appear. Its code comes with the first toast, not with the page. */
export function Toaster() {
  const isShown = useSyncExternalStore(subscribe, isWanted, () => false);
  return isShown ? (
    <Suspense>
      <ToasterView />
    </Suspense>
  ) : null;
}
