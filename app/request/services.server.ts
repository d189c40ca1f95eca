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
import type { Said } from "#app/i18n/said.ts";
import type { TimeZones } from "#app/i18n/time-zone.ts";
import type { Decoder } from "#app/pictures/readable.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { TokenName } from "#app/tokens.server.ts";
import type { ReceiverRules } from "#app/webhooks/receiver-url.ts";
import type { KeyLimits } from "./key-limits.server.ts";
import type { Reader } from "./reader.server.ts";
import type { Trace } from "./trace.server.ts";

type Environment = "development" | "production";

/** What both scopes and grants contain. */
export type ForScopes = Readonly<{
  locale: Locale;
  /** The languages that people can choose here. */
  languages: readonly Locale[];
  /** The language tag by which dates are written. */
  dates: string;
  /** Programs have no time zone. They read and write in UTC. */
  timeZones: TimeZones;
  preferences: Preferences;
  /** The message about what the form before this page did, if no script shows it. Null if there is none. */
  said(): Said | null;
  seenBy: string;
  providers: readonly Provider[];
  signUpBrowser: SignUpBrowser;
  codeBrowser: CodeBrowser;
  /** How this browser last signed in. Null if it is not known. */
  lastMethod: string | null;
  appUrl: string;
  environment: Environment;
  /** Per minute, for one key. */
  keyLimits: KeyLimits;
  now: Date;
  /** An unguessable token for a link that can be shown again: the same name gives the same token. Store only its digest. */
  tokenFor(name: TokenName): string;
}>;

/** What only grants contain. */
export type ForGrants = Readonly<{
  /** Sets this browser's cookie, no matter what the response is. */
  keepPreferences(chosen: Preferences): Promise<void>;
  /** The same for the chosen time zone. Null if none is chosen. */
  keepTimeZone(chosen: string | null): void;
  /** Only from `cf-connecting-ip`, since a client can write every other header. */
  ipAddress: string;
  /** Cut to the length that an entry of the log keeps. */
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

/** Everything that a request may need. What is neither in scopes nor in grants is for the pipeline. */
export type Services = ForScopes &
  ForGrants & {
    forScopes: ForScopes;
    forGrants: ForGrants;
    db: Database;
    reader: Reader;
    storage: FileStorage;
    trace: Trace;
    nonce: string;
    /** Null if the request has a bearer token, since its cookies do not count then. */
    identify(): Promise<Identity | null>;
    /** The same by the cookies alone. If `isPresumed`, the reader's first batch finds out who it is. */
    presume(): { viewer: Identity | null; isPresumed: boolean };
    bearer: string | null;
    bringsSession: boolean;
    /** Removes an ended session's cookies from the browser, unless a newer session of this browser has replaced it. */
    forgetEnded(): Promise<void>;
    /** Runs work after the response, with a database whose round trips are not counted. A failure is logged and never shown. */
    after(work: (db: Database) => Promise<unknown>): void;
    sendMail(): void;
    sealEntries(): void;
  };

export const servicesContext = createContext<Services>();
