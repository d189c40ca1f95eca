import { redirect } from "react-router";

/** The `shape` of pages for visitors. Anyone who is signed in is redirected to where they were going. */
export function unlessSignedIn<A extends { isSignedIn: boolean; redirectTo: string }>(asked: A): A {
  if (asked.isSignedIn) throw redirect(asked.redirectTo);
  return asked;
}
