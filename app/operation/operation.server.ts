import type { z } from "zod";
import type { Provider } from "#app/auth/providers/providers.ts";
import type { FormFields } from "#app/ui/shown-fields.ts";
import type { AuthenticationFor, Authorization, GrantBy, InputFor, Scope } from "./grant.server.ts";
import type { Limit, Unlimited } from "./limits.server.ts";
import type { OutOfReach, Plan } from "./plan.ts";

type IsAny<T> = 0 extends 1 & T ? true : false;
/** Rejects schemas whose output, or one of its fields, is `any`: TypeScript would check nothing of it. */
type Checks<S extends z.ZodType> = true extends
  | IsAny<z.output<S>>
  | { [Key in keyof z.output<S>]: IsAny<z.output<S>[Key]> }[keyof z.output<S>]
  ? NotTyped
  : S;

/** The type of a step that is left out. The other steps fit it, so that the compiler names the missing step and nothing else. */
type LeftOut = z.output<z.ZodAny>;
type IfGiven<Step, Then, Else> = unknown extends Step ? Else : Then;
type Given<Step> = IfGiven<Step, Step, NotTyped>;
/** What the compiler prints at a step that is `any`. */
type NotTyped = "This step is `any`.";
/**
 * Requires keys that are optional in the type beside it. TypeScript infers nothing from an object that lacks a required key and has
 * an unknown one: a misspelled step would be reported at all other steps, and not where it is.
 */
type Needs<Key extends string> = Record<Key, NonNullable<unknown>>;
type Steps = "validate" | "authenticate" | "authorize" | "execute";

declare const declared: unique symbol;

type Reading<
  A extends Authorization,
  N extends AuthenticationFor<A>,
  S extends z.ZodType<InputFor<A>>,
  F,
  T,
> = Needs<Steps> & {
  /** The schema of parameters, search and body. It is pure: it waits at most for code that ships with the Worker. */
  validate?: Checks<S>;
  /** Names of request headers that the answer depends on, in lower case. `validate` gets those that were sent as `headers`. */
  headers?: readonly string[];
  authenticate?: Given<N>;
  authorize?: Given<A>;
  /** Describes what to read. Nothing has run, and access is not known yet. A plan that results in null means 404. */
  execute?: (scope: IfGiven<A, Scope<A>, LeftOut>, input: z.output<S>) => Plan<F>;
  /** Makes the answer from what was read, when access is known. Without it, the answer is what was read. */
  answer?: (found: Found<F>, grant: IfGiven<A | N, GrantBy<A, N>, LeftOut>, input: z.output<S>) => T | Promise<T>;
};

type Found<F> = Exclude<NonNullable<F>, OutOfReach>;

export type ReadOperation<I = unknown, T = unknown> = {
  readonly kind: "read";
  /** Only `read` sets it, and `read` checks that the steps fit together. */
  readonly [declared]: true;
  readonly validate: z.ZodType<I>;
  readonly headers?: readonly string[];
  readonly authenticate: AuthenticationFor<Authorization>;
  readonly authorize: Authorization;
  readonly execute: (scope: never, input: I) => Plan<unknown>;
  readonly answer?: (found: never, grant: never, input: I) => T | Promise<T>;
  /** Never set. It carries the type of what the read returns. */
  readonly answers?: T;
};

/** What a read returns to the door `download`. The body is made while it is sent. */
export type Download = { name: string; type: string; body: ReadableStream<Uint8Array> };

export type AnswerOf<O> = O extends { readonly answers?: infer T } ? T : never;

export function read<
  A extends Authorization = LeftOut,
  N extends AuthenticationFor<A> = LeftOut,
  S extends z.ZodType<InputFor<A>> = z.ZodAny,
  F = LeftOut,
  T = Found<F>,
>(declaration: Reading<A, N, S, F, T>): ReadOperation<z.output<S>, T> {
  return { kind: "read", ...declaration } as unknown as ReadOperation<z.output<S>, T>;
}

type Failed<T> = Extract<T, { ok: false; reason: string }>;

/** The pipeline itself responds to "stale": it sends the person to prove who they are. */
type Reason<T> = Exclude<Failed<T>["reason"], "stale">;

export type Refusal<I> = {
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 429 | 503;
  retryAfter?: number;
  field?: keyof I & string;
  message: (input: I, known: { providers: readonly Provider[] }) => string;
};

export type Writing<
  A extends Authorization,
  N extends AuthenticationFor<A>,
  S extends z.ZodType<InputFor<A>>,
  T,
> = Needs<Steps | "limit" | "refused"> & {
  validate?: Checks<S>;
  authenticate?: Given<N>;
  authorize?: Given<A>;
  /** A form must send that the person confirmed, or it gets 409; programs need not. With "stepping-up", the verb decides. */
  asksFirst?: true;
  /** The most bytes per file in a form with several, which are kept in memory. Without it, one file is streamed, at the end. */
  filesUpTo?: number;
  /** The values that fill the form now, for a thing that several people change. A form filled with other values gets 409. */
  edits?: (scope: IfGiven<A, Scope<A>, LeftOut>, input: z.output<S>) => Plan<FormFields | null>;
  /** Attempts are counted in the round trip that checks access. The first one over a limit gets 429. */
  limit?: Limit<z.output<S>> | Unlimited;
  /** Makes the change. Returns `{ ok: false, reason }` for a refusal that the person can act on. */
  execute?: (grant: IfGiven<A | N, GrantBy<A, N>, LeftOut>, input: z.output<S>) => Promise<T>;
  /** The words for every reason that `execute` can return. */
  refused?: { [Each in Reason<T>]: Refusal<z.output<S>> };
};

export type WriteOperation<I = unknown, D = unknown> = {
  readonly kind: "write";
  /** Only `write` sets it, and `write` checks that the steps fit together. */
  readonly [declared]: true;
  readonly validate: z.ZodType<I>;
  readonly authenticate: AuthenticationFor<Authorization>;
  readonly authorize: Authorization;
  readonly asksFirst?: true;
  readonly filesUpTo?: number;
  readonly edits?: (scope: never, input: I) => Plan<FormFields | null>;
  readonly limit: Limit<I> | Unlimited;
  readonly execute: (grant: never, input: I) => Promise<{ ok: boolean }>;
  readonly refused: Record<string, Refusal<I>>;
  /** Never set. It carries the type of what `execute` returns. */
  readonly done?: D;
};

export function write<
  A extends Authorization = LeftOut,
  N extends AuthenticationFor<A> = LeftOut,
  S extends z.ZodType<InputFor<A>> = z.ZodAny,
  T extends { ok: boolean } = LeftOut,
>(declaration: Writing<A, N, S, T>): WriteOperation<z.output<S>, Exclude<T, { ok: false }>> {
  return { kind: "write", ...declaration } as unknown as WriteOperation<z.output<S>, Exclude<T, { ok: false }>>;
}
