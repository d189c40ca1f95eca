import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { href } from "react-router";
import { SEEN_BY, seenBy } from "#app/ui/line/seen-by.ts";

/** Asks the browser for one of the person's passkeys. Rejects when they cancel, or the network fails. */
export async function answerWithPasskey(): Promise<AuthenticationResponseJSON> {
  const [{ startAuthentication }, optionsJSON] = await Promise.all([
    import("@simplewebauthn/browser"),
    challengeFrom<PublicKeyCredentialRequestOptionsJSON>(href("/passkeys/challenge")),
  ]);
  return startAuthentication({ optionsJSON });
}

/** Has the browser make a passkey. Rejects when the person cancels, the network fails, or there is one already. */
export async function makePasskey(): Promise<RegistrationResponseJSON> {
  const [{ startRegistration }, optionsJSON] = await Promise.all([
    import("@simplewebauthn/browser"),
    challengeFrom<PublicKeyCredentialCreationOptionsJSON>(href("/settings/security/passkeys/challenge")),
  ]);
  return startRegistration({ optionsJSON });
}

/** The server's answer, when it is no challenge: the status says why. */
export class NoChallenge extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`The server gave no challenge: ${status}`);
    this.status = status;
  }
}

async function challengeFrom<Options>(url: string): Promise<Options> {
  const body = new URLSearchParams({ [SEEN_BY]: seenBy() });
  const response = await fetch(url, { method: "POST", headers: { Accept: "application/json" }, body });
  if (!response.ok) throw new NoChallenge(response.status);
  return response.json();
}
