import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { href } from "react-router";
import { SEEN_BY, seenBy } from "#app/ui/line/seen-by.ts";

export async function answerWithPasskey(): Promise<AuthenticationResponseJSON> {
  const [{ startAuthentication }, optionsJSON] = await Promise.all([
    import("@simplewebauthn/browser"),
    challengeFrom<PublicKeyCredentialRequestOptionsJSON>(href("/passkeys/challenge")),
  ]);
  return startAuthentication({ optionsJSON });
}

export async function makePasskey(): Promise<RegistrationResponseJSON> {
  const [{ startRegistration }, optionsJSON] = await Promise.all([
    import("@simplewebauthn/browser"),
    challengeFrom<PublicKeyCredentialCreationOptionsJSON>(href("/settings/security/passkeys/challenge")),
  ]);
  return startRegistration({ optionsJSON });
}

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
