import { and, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Preferences } from "#app/account/preferences.ts";
import type { Handshakes } from "#app/auth/providers/handshakes.server.ts";
import type { Provider } from "#app/auth/providers/providers.ts";
import type { Identity, SignIns } from "#app/auth/sessions/identity.server.ts";
import type { SignUpBrowser } from "#app/auth/sign-ups/sign-up-browser.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { Locale } from "#app/i18n/locale.ts";
import type { Decoder } from "#app/pictures/readable.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import type { Tenanted } from "#app/tenancy/tables.ts";
import { type Inside, inside, type Reach, runNamed, type Select, selectWithin, within } from "./inside.server.ts";
import type { Statement } from "./plan.ts";
import type { Environment } from "./services.server.ts";
import type { TokenName } from "./tokens.server.ts";

/** Who may: a permission in the organization of the URL, any live session for what is the person's own, or everybody. */
export type Authorization = Permission | "self" | "public";

/** How the session is told, by the pipeline's first look at a request. */
export type Authentication = "session" | "stepping-up" | "fresh" | "optional" | "none";

/**
 * Whatever needs a live session says "session", or "fresh" where the person must have proved who they are a moment ago;
 * "stepping-up" where that depends on what is changed, which the verb finds out; "optional" looks at the cookie and no
 * further.
 */
export type AuthenticationFor<A extends Authorization> = A extends "public"
  ? "none" | "optional"
  : "session" | "stepping-up" | "fresh";

/** A route of an organization must say which one: the slug of the URL is the only authority there is. */
export type InputFor<A extends Authorization> = A extends Permission ? { organization: Slug } : unknown;

declare const scoped: unique symbol;
declare const granted: unique symbol;
declare const proved: unique symbol;

/** Statements over the caller's rows, and the door out. */
type Statements = {
  /** A select of a table's rows that this caller may reach: the tenant's, and own ones where the permission stops there. */
  readonly select: Select;
  /** The same whoever made them, for telling what is out of reach from what is not there. */
  readonly selectOfAnyone: Select;
  /** The same where the statement picks few rows by their ids, such as those of a page: costs these rows alone. */
  readonly selectPicked: Select;
  /** SQL for the rows within reach, with further conditions: for what hangs on them in a statement of another kind. */
  rows(table: SQLiteTable & Tenanted, ...conditions: (SQL | undefined)[]): SQL;
  /** The database itself, where no tenant and no person can be the condition; `reason` says why. A test lists who asks. */
  unsafe(reason: string): Database;
};

type Common = Statements & {
  readonly locale: Locale;
  readonly preferences: Preferences;
  /** The id of whom the cookies say the page is shown to; empty when it is nobody. */
  readonly seenBy: string;
  /** Those who may vouch for a person; empty where none is configured. */
  readonly providers: readonly Provider[];
  /** The sign-up that was made in this browser, if any. */
  readonly signUpBrowser: SignUpBrowser;
  readonly appUrl: string;
  readonly environment: Environment;
  readonly now: Date;
  /** An unguessable token for a link that must be shown again, the same each time for one name. Keep its digest. */
  tokenFor(name: TokenName): string;
};

type ScopeFacts<A extends Authorization> = A extends Permission
  ? {
      /** SQL that finds the organization through this person's own live session and membership: null for anybody else. */
      readonly organizationId: SQL<string>;
      /** The same for another permission: null for whoever's role lacks it. For the part of a page that not all may see. */
      organizationIf(permission: Permission): SQL<string>;
      /** SQL that finds the person through the live session: null when it has ended. */
      readonly userId: SQL<string>;
      readonly viewer: Identity;
    }
  : A extends "self"
    ? {
        readonly userId: SQL<string>;
        readonly viewer: Identity;
        /** SQL for the ids of the organizations this person may be in with the factors they have given. */
        readonly openOrganizations: SQL;
      }
    : { readonly userId: SQL<string>; readonly viewer: Identity | null };

/** What a read may describe with, before access is known: SQL that is empty for whoever has no access. */
export type Scope<A extends Authorization> = Common & ScopeFacts<A> & { readonly [scoped]: A };

type GrantFacts<A extends Authorization> = A extends Permission
  ? {
      readonly organizationId: string;
      readonly organization: { readonly id: string; readonly name: string; readonly slug: Slug };
      readonly userId: string;
      readonly viewer: Identity;
      readonly role: Role;
      /** Already inside the organization's prefix. */
      readonly storage: FileStorage;
    }
  : A extends "self"
    ? {
        readonly userId: string;
        readonly viewer: Identity;
        /** The person's own. */
        readonly storage: FileStorage;
        /** What another person keeps, to be read where a row has said that it may be. */
        filesOf(personId: string): Pick<FileStorage, "get">;
        /** An id nobody has, with the storage of the organization that will: a person's own grant reaches no other. */
        newOrganization(id?: string): { id: string; storage: FileStorage };
      }
    : {
        readonly viewer: Identity | null;
        /** SQL that finds the person through their live session: null for nobody, or an ended one. */
        readonly userId: SQL<string>;
        readonly storage: FileStorage;
      };

type Means = {
  readonly ipAddress: string;
  readonly deviceHash: string;
  readonly decode: Decoder;
  /** Made when it is asked for, since building Better Auth takes as long as a small page. */
  signIns(): SignIns;
  handshakes(): Handshakes;
  newId(): string;
  /** Reads of a write: one trip, rows by name. */
  read<S extends Record<string, Statement>>(statements: S): Promise<{ [Key in keyof S]: Awaited<S[Key]> }>;
  /** Goes on after the answer, with a database whose trips no answer waits for. */
  after(work: (db: Database, sendMail: () => void) => Promise<unknown>): void;
  /** A body that is written while it is made. Rejects when the first piece fails; a later failure is logged and breaks it off. */
  streamed(pieces: AsyncGenerator<string>): Promise<ReadableStream<Uint8Array>>;
};

/** Proof that the steps have passed for `A`. Only the pipeline makes one; a verb names the least it needs. */
export type Grant<A extends Authorization> = Common &
  Means &
  GrantFacts<A> & { readonly [granted]: A; readonly [inside]: Inside };

/** A grant of whoever has just proved who they are: what a stolen cookie must not do asks for it. */
export type Fresh<G> = G & { readonly [proved]: true };

/**
 * A grant of which a part needs a fresh proof: `fresh` is null without one, and what needs it is refused as "stale", which
 * leads the person to where they prove who they are.
 */
export type SteppingUp<G> = G & {
  readonly fresh: Fresh<G> | null;
  /** SQL that is true while the proof is fresh: for the rows that need one. */
  readonly isProven: SQL;
};

/** What a route's declaration brings to its verb. */
export type GrantBy<A extends Authorization, N> = N extends "fresh"
  ? Fresh<Grant<A>>
  : N extends "stepping-up"
    ? SteppingUp<Grant<A>>
    : Grant<A>;

type Minted = keyof Statements;

/** For the pipeline alone (a test over the imports holds it). */
export function mintScope<A extends Authorization>(
  facts: Omit<Common & ScopeFacts<A>, Minted>,
  { db, reach }: Pick<Inside, "db" | "reach">,
): Scope<A> {
  return { ...facts, ...statementsWithin(db, reach) } as unknown as Scope<A>;
}

/** For the pipeline alone: what is still true is the fresh proof as well, so that it holds when the batch runs. */
export function mintFresh<A extends Authorization>(grant: Grant<A>, still: SQL): Fresh<Grant<A>> {
  return { ...grant, [inside]: { ...grant[inside], still } } as unknown as Fresh<Grant<A>>;
}

/** For the pipeline alone (a test over the imports holds it). */
export function mintGrant<A extends Authorization>(
  facts: Omit<Common & Means & GrantFacts<A>, Minted | "read">,
  hidden: Inside,
): Grant<A> {
  const { db, reach, commit } = hidden;
  return {
    ...facts,
    ...statementsWithin(db, reach),
    read: (statements: Record<string, Statement>) => runNamed(commit, statements),
    [inside]: hidden,
  } as unknown as Grant<A>;
}

function statementsWithin(db: Database, reach: Reach): Statements {
  return {
    select: selectWithin(db, reach),
    selectOfAnyone: selectWithin(db, { ...reach, reachesAll: true }),
    selectPicked: selectWithin(db, { ...reach, isPicked: true }),
    rows: (table, ...conditions) => and(within(table, reach), ...conditions) as SQL,
    unsafe: () => db,
  };
}
