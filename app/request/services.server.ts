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

export type Environment = "development" | "production";

export type Services = {
  db: Database;
  reader: Reader;
  storage: FileStorage;
  decode: Decoder;
  trace: Trace;
  locale: Locale;
  preferences: Preferences;
  seenBy: string;
  nonce: string;
  /** From `cf-connecting-ip` alone: a client can write every other header. */
  ipAddress: string;
  deviceHash: string;
  appUrl: string;
  environment: Environment;
  now: Date;
  newId(): string;
  tokenFor(name: TokenName): string;
  identify(): Promise<Identity | null>;
  /** Takes an ended session's cookies from the browser, unless a newer one of this browser has taken its place. */
  forgetEnded(): Promise<void>;
  signIns(): SignIns;
  signUpBrowser: SignUpBrowser;
  providers: readonly Provider[];
  handshakes(): Handshakes;
  /** Goes on after the answer, with a database whose trips no answer waits for; a failure is logged, never shown. */
  after(work: (db: Database) => Promise<unknown>): void;
  sendMail(): void;
  sealEntries(): void;
};

export const servicesContext = createContext<Services>();
