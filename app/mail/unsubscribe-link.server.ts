import { timingSafeEqual } from "node:crypto";
import type { TokenName } from "#app/tokens.server.ts";
import type { OptionalMail } from "./optional-mails.ts";

export type TokenFor = (name: TokenName) => string;

export type Unsubscribing = { person: string; mail: OptionalMail };

/** The path that turns off one kind of mail for one person and does nothing else. It is valid as long as the Worker's secret. */
export function unsubscribePath({ person, mail }: Unsubscribing, tokenFor: TokenFor): string {
  return `/unsubscribe/${person}/${mail}/${tokenOf({ person, mail }, tokenFor)}`;
}

export function isUnsubscribeToken(token: string, of: Unsubscribing, tokenFor: TokenFor): boolean {
  const [given, expected] = [Buffer.from(token), Buffer.from(tokenOf(of, tokenFor))];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function tokenOf({ person, mail }: Unsubscribing, tokenFor: TokenFor): string {
  return tokenFor(`unsubscribe:${person}:${mail}`);
}
