import type { SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Identity } from "#app/auth/sessions/identity.server.ts";
import type { Database } from "#app/db/client.server.ts";
import type { ForGrants, ForScopes } from "#app/request/services.server.ts";
import type { FileStorage } from "#app/storage/storage.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import type { Role } from "#app/tenancy/roles.ts";
import type { Slug } from "#app/tenancy/slug.ts";
import type { Tenanted } from "#app/tenancy/tables.ts";
import type { Actor } from "./actor.ts";
import type { Inside, inside } from "./inside.server.ts";
import type { Statement } from "./plan.ts";
import type { Count, Select } from "./reach.server.ts";

export type Authorization = Permission | "self" | "public";

export type Authentication = "session" | "person" | "stepping-up" | "fresh" | "optional" | "none";

/**
 * "session": a person with a session, or in an organization one of its keys. "person": no key. "fresh": a person who proved who
 * they are a moment ago. "stepping-up": the verb decides whether it needs a fresh proof. "optional": with or without a session.
 */
export type AuthenticationFor<A extends Authorization> = A extends "public"
  ? "none" | "optional"
  : A extends "self"
    ? "session" | "stepping-up" | "fresh"
    : "session" | "person" | "stepping-up" | "fresh";

export type InputFor<A extends Authorization> = A extends Permission ? { organization: Slug } : unknown;

declare const scoped: unique symbol;
declare const granted: unique symbol;
declare const proved: unique symbol;

export type Statements = {
  /** Selects the rows of a table that this caller can reach: the tenant's, or only own rows if the permission ends there. */
  readonly select: Select;
  readonly selectOfAnyone: Select;
  /** Like `select`, for a statement that picks a few rows by id, such as those of a page. It reads only these rows. */
  readonly selectPicked: Select;
  /** Like `select`, for rows that were deleted but are kept. All other statements leave them out. */
  readonly selectDeleted: Select;
  rows(table: SQLiteTable & Tenanted, ...conditions: (SQL | undefined)[]): SQL;
  /** The database itself, if neither a tenant nor a person can be the condition. `reason` says why. A test lists all uses. */
  unsafe(reason: string): Database;
};

export type Common = Statements & ForScopes;

export type ScopeFacts<A extends Authorization> = A extends Permission
  ? {
      /** SQL that finds the organization through the caller's live session and membership, or live key. Null for anyone else. */
      readonly organizationId: SQL<string>;
      /**
       * The same for another permission: null if the role lacks it, or reaches only own rows and `reach` is "any". For a part of
       * a page that not everyone can see.
       */
      organizationIf(permission: Permission, reach?: "any"): SQL<string>;
      /** The scope of another permission, which a page shows something of. It finds and counts nothing if the role lacks it. */
      within<P extends Permission>(permission: P): Scope<P>;
      /** A column of `organization` that counts its rows of a table that this caller can reach, up to `upTo`. */
      readonly count: Count;
      /** SQL that is null if the caller is a key. */
      readonly userId: SQL<string>;
      readonly viewer: Identity | null;
    }
  : A extends "self"
    ? {
        readonly userId: SQL<string>;
        readonly viewer: Identity;
        readonly openOrganizations: SQL;
      }
    : { readonly userId: SQL<string>; readonly viewer: Identity | null; readonly openOrganizations: SQL };

/** What a read uses to describe its queries before access is known: SQL that finds nothing without access. */
export type Scope<A extends Authorization> = Common & ScopeFacts<A> & { readonly [scoped]: A };

export type GrantFacts<A extends Authorization> = A extends Permission
  ? {
      readonly organizationId: string;
      readonly organization: { readonly id: string; readonly name: string; readonly slug: Slug };
      /** These three are null if the caller is a key, which belongs to no person. */
      readonly userId: string | null;
      readonly viewer: Identity | null;
      readonly role: Role | null;
      /** The name of the person or the key. */
      readonly callerName: string;
      /** The caller can change people with these roles, and can give these roles. */
      readonly rules: readonly Role[];
      readonly storage: FileStorage;
    }
  : A extends "self"
    ? {
        readonly userId: string;
        readonly viewer: Identity;
        readonly storage: FileStorage;
        /** Files of another person. Read them only if a row has shown that the caller may. */
        filesOf(personId: string): Pick<FileStorage, "get">;
        /** The storage of the organization that will have this id. A person's own grant reaches no other organization's. */
        storageOfNew(organizationId: string): FileStorage;
      }
    : {
        readonly viewer: Identity | null;
        readonly userId: SQL<string>;
        readonly storage: FileStorage;
      };

export type Means = ForGrants & {
  readonly actor: Actor;
  /** The agent that the caller acts through, by the name that the agent gives itself. Null if there is none. */
  readonly via: string | null;
  read<S extends Record<string, Statement>>(statements: S): Promise<{ [Key in keyof S]: Awaited<S[Key]> }>;
  after(work: (db: Database, sendMail: () => void) => Promise<unknown>): void;
  /**
   * A body that is sent while it is made. Rejects if the first piece fails. A later failure is logged and cuts it short, and so does
   * the end of the caller's access.
   */
  stream(pieces: AsyncGenerator<string | Uint8Array>): Promise<ReadableStream<Uint8Array>>;
};

/** Proof that the steps have passed for `A`. Only the pipeline makes one. A verb names the smallest grant it needs. */
export type Grant<A extends Authorization> = Common &
  Means &
  GrantFacts<A> & { readonly [granted]: A; readonly [inside]: Inside };

/** A grant that lets its caller read, but make no change that is logged. */
export type ToRead = { readonly [granted]: `${string}:read` };

/** A grant with a fresh proof, for verbs that must not work with a stolen cookie. */
export type Fresh<G> = ByPerson<G> & { readonly [proved]: true };

/** A grant that no key gets. */
export type ByPerson<G> = G & { readonly userId: string; readonly viewer: Identity } & (G extends { role: Role | null }
    ? { readonly role: Role }
    : unknown);

/** `fresh` is null without a proof. A verb that needs one refuses as "stale", and the person is sent to prove who they are. */
export type SteppingUp<G> = G & {
  readonly fresh: Fresh<G> | null;
  readonly isProven: SQL;
};

export type GrantBy<A extends Authorization, N> = N extends "fresh"
  ? Fresh<Grant<A>>
  : N extends "stepping-up"
    ? SteppingUp<Grant<A>>
    : N extends "person"
      ? ByPerson<Grant<A>>
      : Grant<A>;
