import { useIsHydrated } from "./use-is-hydrated.ts";

/** Tells a form's action that scripts stand by: the page stays, and no other needs to follow. */
export function Stay() {
  return useIsHydrated() ? <input type="hidden" name="stay" value="yes" /> : null;
}

export const IN_MENU = "menu";

/** In a form of a menu, which has no room to show why it was refused: a message says it. */
export function StayInMenu() {
  return (
    <>
      <input type="hidden" name="stay" value="yes" />
      <input type="hidden" name={IN_MENU} value="yes" />
    </>
  );
}
