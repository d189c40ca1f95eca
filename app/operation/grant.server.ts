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
import type { Count, Inside, inside, Select } from "./inside.server.ts";
import type { Statement } from "./plan.ts";

export type Authorization = Permission | "self" | "public";

export type Authentication = "session" | "person" | "stepping-up" | "fresh" | "optional" | "none";

/**
 * "session": a person's, or in an organization one of its keys. "person": no key. "fresh": a person who proved who they are a
 * moment ago. "stepping-up": the verb finds out whether a fresh proof is needed. "optional": the cookie alone.
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
  /** A select of a table's rows that this caller may reach: the tenant's, and own ones where the permission stops there. */
  readonly select: Select;
  readonly selectOfAnyone: Select;
  /** The same where the statement picks few rows by their ids, such as those of a page: costs these rows alone. */
  readonly selectPicked: Select;
  /** The same of rows that were deleted and are kept, which every other statement passes over. */
  readonly selectDeleted: Select;
  rows(table: SQLiteTable & Tenanted, ...conditions: (SQL | undefined)[]): SQL;
  /** The database itself, where no tenant and no person can be the condition; `reason` says why. A test lists who asks. */
  unsafe(reason: string): Database;
};

export type Common = Statements & ForScopes;

export type ScopeFacts<A extends Authorization> = A extends Permission
  ? {
      /** SQL that finds the organization through this person's own live session and membership: null for anybody else. */
      readonly organizationId: SQL<string>;
      /** The same for another permission: null where the role lacks it. For a part of a page that not all may see. */
      organizationIf(permission: Permission): SQL<string>;
      /** A column of `organization`: how many rows of a table it has that this caller may reach, counted up to `upTo`. */
      readonly count: Count;
      /** Null where a key asks. */
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

/** What a read may describe with, before access is known: SQL that is empty without access. */
export type Scope<A extends Authorization> = Common & ScopeFacts<A> & { readonly [scoped]: A };

export type GrantFacts<A extends Authorization> = A extends Permission
  ? {
      readonly organizationId: string;
      readonly organization: { readonly id: string; readonly name: string; readonly slug: Slug };
      /** These three are null where a key asks, which is nobody's. */
      readonly userId: string | null;
      readonly viewer: Identity | null;
      readonly role: Role | null;
      /** Of the person or the key. */
      readonly callerName: string;
      /** Whose roles the caller may change, and which it may give. */
      readonly rules: readonly Role[];
      readonly storage: FileStorage;
    }
  : A extends "self"
    ? {
        readonly userId: string;
        readonly viewer: Identity;
        readonly storage: FileStorage;
        /** What another person keeps, to be read where a row has said that it may be. */
        filesOf(personId: string): Pick<FileStorage, "get">;
        /** An id nobody has, with the storage of the organization that will: a person's own grant reaches no other. */
        newOrganization(id?: string): { id: string; storage: FileStorage };
      }
    : {
        readonly viewer: Identity | null;
        readonly userId: SQL<string>;
        readonly storage: FileStorage;
      };

export type Means = ForGrants & {
  readonly actor: Actor;
  /** What they act through, by the name it gives; null: nothing. */
  readonly via: string | null;
  read<S extends Record<string, Statement>>(statements: S): Promise<{ [Key in keyof S]: Awaited<S[Key]> }>;
  after(work: (db: Database, sendMail: () => void) => Promise<unknown>): void;
  /** A body that is written while it is made. Rejects when the first piece fails; a later failure is logged and breaks it off. */
  stream(pieces: AsyncGenerator<string | Uint8Array>): Promise<ReadableStream<Uint8Array>>;
};

/** Proof that the steps have passed for `A`. Only the pipeline makes one; a verb names the least it needs. */
export type Grant<A extends Authorization> = Common &
  Means &
  GrantFacts<A> & { readonly [granted]: A; readonly [inside]: Inside };

/** A grant that lets its caller look, and change nothing that a log tells of. */
export type ToRead = { readonly [granted]: `${string}:read` };

/** A grant with a fresh proof: what a stolen cookie must not do asks for it. */
export type Fresh<G> = ByPerson<G> & { readonly [proved]: true };

/** A grant that no key gets. */
export type ByPerson<G> = G & { readonly userId: string; readonly viewer: Identity } & (G extends { role: Role | null }
    ? { readonly role: Role }
    : unknown);

/** `fresh` is null without a proof; what needs one is refused as "stale", which leads to where people prove who they are. */
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
