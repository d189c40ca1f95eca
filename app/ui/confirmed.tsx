import { CONFIRMED } from "./line/confirmed.ts";

/** Put it only into a form that asks for confirmation in words: the server refuses serious changes without it. */
export function Confirmed() {
  return <input type="hidden" name={CONFIRMED} value="yes" />;
}
