import { useIsHydrated } from "./use-is-hydrated.ts";

/** Tells a form's action that scripts are running: the page stays, and the action need not redirect. */
export function Stay() {
  return useIsHydrated() ? <input type="hidden" name="stay" value="yes" /> : null;
}
