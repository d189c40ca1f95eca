import { CONFIRMED } from "./line/confirmed.ts";

/** Belongs into a form that asks in words, and into no other: the server does nothing of weight without it. */
export function Confirmed() {
  return <input type="hidden" name={CONFIRMED} value="yes" />;
}
