import { redirectDocument } from "react-router";

/** Where somebody goes once they are signed in: a new document, in the language and look that they have chosen. */
export function signedInAt(redirectTo: string): Response {
  return redirectDocument(redirectTo);
}
