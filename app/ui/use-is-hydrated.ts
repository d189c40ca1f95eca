import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and while hydrating, so that both render the same page; true from then on. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
