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
import type { Reader } from "./reader.server.ts";
import type { TokenName } from "./tokens.server.ts";
import type { Trace } from "./trace.server.ts";

/** The mailbox page exists in development alone. */
export type Environment = "development" | "production";

/** What the Worker builds for one request. A route sees it through a scope or a grant. */
export type Services = {
  db: Database;
  reader: Reader;
  storage: FileStorage;
  decode: Decoder;
  trace: Trace;
  locale: Locale;
  preferences: Preferences;
  /** The id of whom the cookies say the page is shown to; empty when it is nobody. */
  seenBy: string;
  /** The nonce of the Content-Security-Policy. */
  nonce: string;
  /** From `cf-connecting-ip` alone: a client can write every other header. */
  ipAddress: string;
  /** Of the cookie by which this browser is known again, or of one it does not have yet. */
  deviceHash: string;
  appUrl: string;
  environment: Environment;
  now: Date;
  newId(): string;
  tokenFor(name: TokenName): string;
  /** Reads the cookies once per request, however many loaders ask. */
  identify(): Promise<Identity | null>;
  /** Takes an ended session's cookies from the browser, unless a newer one of this browser has taken its place. */
  forgetEnded(): Promise<void>;
  signIns(): SignIns;
  signUpBrowser: SignUpBrowser;
  /** Those who may vouch for a person. */
  providers: readonly Provider[];
  handshakes(): Handshakes;
  /** Goes on after the answer, with a database whose trips no answer waits for; a failure is logged, never shown. */
  after(work: (db: Database) => Promise<unknown>): void;
  sendMail(): void;
  /** Seals the audit entries that this request has written, after its answer. */
  sealEntries(): void;
};

export const servicesContext = createContext<Services>();
