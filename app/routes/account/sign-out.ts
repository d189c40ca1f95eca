import { href, redirect } from "react-router";
import { endSession } from "#app/auth/passwords.server.ts";
import { SignOut } from "#app/auth/schemas.ts";
import { postOnly } from "#app/request/post-only.server.ts";
import { write } from "#app/request/write.server.ts";

export const loader = postOnly;

export const action = write({
  validate: SignOut,
  authenticate: "optional",
  authorize: "public",
  limit: { unlimited: "Ends what there is, once; nobody is to be kept signed in." },
  execute: endSession,
  refused: {},
  answer: (_done, _grant, { redirectTo }) => {
    const signIn = redirectTo === "/" ? href("/login") : `${href("/login")}?${new URLSearchParams({ redirectTo })}`;
    return redirect(signIn);
  },
});
