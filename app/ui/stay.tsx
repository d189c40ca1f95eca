import { useIsHydrated } from "./use-is-hydrated.ts";

/** Tells a form's action that scripts stand by: the page stays, and no other needs to follow. */
export function Stay() {
  return useIsHydrated() ? <input type="hidden" name="stay" value="yes" /> : null;
}
