import { createContext } from "react-router";
import type { Preferences } from "#app/account/preferences.ts";
import type { CodeBrowser } from "#app/auth/codes/code-browser.server.ts";
import type { Handshakes } from "#app/auth/providers/handshakes.server.ts";
import type { Provider } from "#app/auth/providers/providers.ts";
import type { Identity } from "#app/auth/sessions/identity.server.ts";
import type { SignIns } from "#app/auth/sessions/sign-ins.server.ts";
import type { SignUpBrowser } from "#app/auth/sign-ups/sign-up-browser.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import type { TimeZones } from "#app/i18n/time-zone.ts";
import type { Decoder } from "#app/pictures/readable.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { TokenName } from "#app/tokens.server.ts";
import type { ReceiverRules } from "#app/webhooks/receiver-url.ts";
import type { KeyLimits } from "./key-limits.server.ts";
import type { Reader } from "./reader.server.ts";
import type { Trace } from "./trace.server.ts";

export type Environment = "development" | "production";

/** What reads describe with, too. */
export type ForScopes = Readonly<{
  locale: Locale;
  /** Those that people may choose here. */
  languages: readonly Locale[];
  /** The tag by which dates are written. */
  dates: string;
  /** Programs have none, and read and write in UTC. */
  timeZones: TimeZones;
  preferences: Preferences;
  /** What this page says that the form before it did, where no script says it; null: nothing. */
  said(): string | null;
  seenBy: string;
  providers: readonly Provider[];
  signUpBrowser: SignUpBrowser;
  codeBrowser: CodeBrowser;
  /** How this browser was signed in last; null: nobody knows. */
  lastMethod: string | null;
  appUrl: string;
  environment: Environment;
  /** A minute, of one key. */
  keyLimits: KeyLimits;
  now: Date;
  /** An unguessable token for a link that must be shown again, the same each time for one name. Keep its digest. */
  tokenFor(name: TokenName): string;
}>;

/** What verbs act with. */
export type ForGrants = Readonly<{
  /** Sets this browser's cookie, whatever the answer. */
  keepPreferences(chosen: Preferences): Promise<void>;
  /** The same of the chosen time zone; null: none is. */
  keepTimeZone(chosen: string | null): void;
  /** From `cf-connecting-ip` alone: a client can write every other header. */
  ipAddress: string;
  /** Cut to what an entry of the log keeps of it. */
  userAgent: string | null;
  requestId: string;
  deviceHash: string;
  decode: Decoder;
  newId(): string;
  signIns(): SignIns;
  handshakes(): Promise<Handshakes>;
  receiverRules: ReceiverRules;
  sendEvents(): void;
}>;

/** All that one request may need; the rest is the pipeline's own. */
export type Services = ForScopes &
  ForGrants & {
    forScopes: ForScopes;
    forGrants: ForGrants;
    db: Database;
    reader: Reader;
    storage: FileStorage;
    trace: Trace;
    nonce: string;
    /** Nobody, where the request brings a bearer token: its cookies do not count. */
    identify(): Promise<Identity | null>;
    /** The same by the cookies alone; `isPresumed`: the first batch of the reader finds out who it is. */
    presume(): { viewer: Identity | null; isPresumed: boolean };
    bearer: string | null;
    bringsSession: boolean;
    /** Takes an ended session's cookies from the browser, unless a newer one of this browser has taken its place. */
    forgetEnded(): Promise<void>;
    /** Goes on after the answer, with a database whose trips no answer waits for; a failure is logged, never shown. */
    after(work: (db: Database) => Promise<unknown>): void;
    sendMail(): void;
    sealEntries(): void;
  };

export const servicesContext = createContext<Services>();
