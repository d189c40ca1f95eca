import {
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { href } from "react-router";
import { SEEN_BY, seenBy } from "#app/ui/line/seen-by.ts";
import { NoChallenge } from "./no-challenge.ts";

export async function answerWithPasskey() {
  return startAuthentication({ optionsJSON: await requestOptions() });
}

/** Offers passkeys in the autofill of the field with `webauthn`, until one is chosen or another passkey request starts. */
export async function answerFromSuggestions() {
  if (!(await browserSupportsWebAuthnAutofill())) throw new Error("This browser does not offer passkeys in autofill.");
  return startAuthentication({ optionsJSON: await requestOptions(), useBrowserAutofill: true });
}

export async function makePasskey() {
  const address = href("/settings/security/passkeys/challenge");
  return startRegistration({ optionsJSON: await optionsFrom<PublicKeyCredentialCreationOptionsJSON>(address) });
}

function requestOptions() {
  return optionsFrom<PublicKeyCredentialRequestOptionsJSON>(href("/passkeys/challenge"));
}

async function optionsFrom<Options>(url: string): Promise<Options> {
  const body = new URLSearchParams({ [SEEN_BY]: seenBy() });
  const response = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body });
  if (!response.ok) throw new NoChallenge(response.status, await saidIn(response));
  return response.json();
}

async function saidIn(response: Response): Promise<string | undefined> {
  const answer = await response.json().catch(() => null);
  return Object(Object(answer).fields)[""]?.[0];
}
