import { createContext } from "react-router";
import type { Preferences } from "#app/account/preferences.ts";
import type { Handshakes } from "#app/auth/providers/handshakes.server.ts";
import type { Provider } from "#app/auth/providers/providers.ts";
import type { Identity, SignIns } from "#app/auth/sessions/identity.server.ts";
import type { SignUpBrowser } from "#app/auth/sign-ups/sign-up-browser.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import type { Decoder } from "#app/pictures/readable.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { TokenName } from "#app/tokens.server.ts";
import type { ReceiverRules } from "#app/webhooks/receiver-url.ts";
import type { KeyLimits } from "./key-limits.server.ts";
import type { Reader } from "./reader.server.ts";
import type { Trace } from "./trace.server.ts";

export type Environment = "development" | "production";

export type Services = {
  db: Database;
  reader: Reader;
  storage: FileStorage;
  decode: Decoder;
  trace: Trace;
  locale: Locale;
  /** The tag by which dates are written. */
  dates: string;
  preferences: Preferences;
  /** Sets this browser's cookie, whatever the answer. */
  keepPreferences(chosen: Preferences): Promise<void>;
  seenBy: string;
  nonce: string;
  /** From `cf-connecting-ip` alone: a client can write every other header. */
  ipAddress: string;
  deviceHash: string;
  appUrl: string;
  environment: Environment;
  now: Date;
  newId(): string;
  /** An unguessable token for a link that must be shown again, the same each time for one name. Keep its digest. */
  tokenFor(name: TokenName): string;
  /** Nobody, where the request brings a bearer token: its cookies do not count. */
  identify(): Promise<Identity | null>;
  bearer: string | null;
  bringsSession: boolean;
  /** A minute, of one key. */
  keyLimits: KeyLimits;
  /** Takes an ended session's cookies from the browser, unless a newer one of this browser has taken its place. */
  forgetEnded(): Promise<void>;
  signIns(): SignIns;
  signUpBrowser: SignUpBrowser;
  providers: readonly Provider[];
  handshakes(): Handshakes;
  /** Goes on after the answer, with a database whose trips no answer waits for; a failure is logged, never shown. */
  after(work: (db: Database) => Promise<unknown>): void;
  sendMail(): void;
  sendEvents(): void;
  /** Where events may be sent to. */
  receiverRules: ReceiverRules;
  sealEntries(): void;
};

type Names = readonly (keyof Services)[];

export const forScopes = [
  "locale",
  "dates",
  "preferences",
  "seenBy",
  "providers",
  "signUpBrowser",
  "appUrl",
  "environment",
  "now",
  "tokenFor",
] as const satisfies Names;

export const forGrants = [
  ...forScopes,
  "keepPreferences",
  "ipAddress",
  "deviceHash",
  "decode",
  "newId",
  "signIns",
  "handshakes",
  "receiverRules",
  "sendEvents",
] as const satisfies Names;

export function pick<K extends keyof Services>(services: Services, names: readonly K[]): Pick<Services, K> {
  return Object.fromEntries(names.map((name) => [name, services[name]])) as Pick<Services, K>;
}

export const servicesContext = createContext<Services>();
