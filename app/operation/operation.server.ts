import type { z } from "zod";
import type { Provider } from "#app/auth/providers/providers.ts";
import type { FormFields } from "#app/ui/shown-fields.ts";
import type { AuthenticationFor, Authorization, GrantBy, InputFor, Scope } from "./grant.server.ts";
import type { Limit, Unlimited } from "./limits.server.ts";
import type { OutOfReach, Plan } from "./plan.ts";

type IsAny<T> = 0 extends 1 & T ? true : false;
/** `any` is checked by nobody, as a whole or in one of its fields. */
type Checks<S extends z.ZodType> = true extends
  | IsAny<z.output<S>>
  | { [Key in keyof z.output<S>]: IsAny<z.output<S>[Key]> }[keyof z.output<S>]
  ? never
  : S;

declare const declared: unique symbol;

type Reading<A extends Authorization, N extends AuthenticationFor<A>, S extends z.ZodType<InputFor<A>>, F, T> = {
  /** Over what the door brings: parameters, search, body; pure: it waits at most for what ships with the Worker. */
  validate: Checks<S>;
  /** Request headers the answer depends on, in lower case; `validate` finds those that came under `headers`. */
  headers?: readonly string[];
  authenticate: N;
  authorize: A;
  /** Describes what to read; nothing has run, and access is not known yet. What answers null does not exist: 404. */
  execute: (scope: Scope<A>, input: z.output<S>) => Plan<F>;
  /** Makes the answer of what was read; access is known by then. Left out: the answer is what was read. */
  answer?: (found: Found<F>, grant: GrantBy<A, N>, input: z.output<S>) => T | Promise<T>;
};

type Found<F> = Exclude<NonNullable<F>, OutOfReach>;

export type ReadOperation<I = unknown, T = unknown> = {
  readonly kind: "read";
  /** By `read`, which alone checks that the steps fit each other. */
  readonly [declared]: true;
  readonly validate: z.ZodType<I>;
  readonly headers?: readonly string[];
  readonly authenticate: AuthenticationFor<Authorization>;
  readonly authorize: Authorization;
  readonly execute: (scope: never, input: I) => Plan<unknown>;
  readonly answer?: (found: never, grant: never, input: I) => T | Promise<T>;
  readonly answers?: T;
};

/** What a read answers to `download`; its body is made while it is sent. */
export type Download = { name: string; type: string; body: ReadableStream<Uint8Array> };

export type AnswerOf<O> = O extends { readonly answers?: infer T } ? T : never;

export function read<
  A extends Authorization,
  N extends AuthenticationFor<A>,
  S extends z.ZodType<InputFor<A>>,
  F,
  T = Found<F>,
>(declaration: Reading<A, N, S, F, T>): ReadOperation<z.output<S>, T> {
  return { kind: "read", ...declaration } as unknown as ReadOperation<z.output<S>, T>;
}

export type Failed<T> = Extract<T, { ok: false; reason: string }>;

/** "stale" is the pipeline's own to answer: it leads to where the person proves who they are. */
export type Reason<T> = Exclude<Failed<T>["reason"], "stale">;

export type Refusal<I> = {
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 429 | 503;
  retryAfter?: number;
  field?: keyof I & string;
  message: (input: I, known: { providers: readonly Provider[] }) => string;
};

export type Writing<A extends Authorization, N extends AuthenticationFor<A>, S extends z.ZodType<InputFor<A>>, T> = {
  validate: Checks<S>;
  authenticate: N;
  authorize: A;
  /** Its page asks in words before, and nothing is done for a form that has not. With "stepping-up" the verb says what that is true of. */
  asksFirst?: true;
  /** Of a form with several files: the bytes of each, since they are held until all have come. Left out: one, streamed, at the end. */
  filesUpTo?: number;
  /** What its form is filled with, of things that several may change. A form that was filled otherwise asks before it replaces. */
  edits?: (scope: Scope<A>, input: z.output<S>) => Plan<FormFields | null>;
  /** Attempts counted in the trip that decides access; the first one over a limit is answered 429. */
  limit: Limit<z.output<S>> | Unlimited;
  /** Makes the change. What the person can act on is returned as `{ ok: false, reason }`. */
  execute: (grant: GrantBy<A, N>, input: z.output<S>) => Promise<T>;
  /** Every reason `execute` may give, put into words. */
  refused: { [Each in Reason<T>]: Refusal<z.output<S>> };
};

export type WriteOperation<I = unknown, D = unknown> = {
  readonly kind: "write";
  /** By `write`, which alone checks that the steps fit each other. */
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
  readonly done?: D;
};

export function write<
  A extends Authorization,
  N extends AuthenticationFor<A>,
  S extends z.ZodType<InputFor<A>>,
  T extends { ok: boolean },
>(declaration: Writing<A, N, S, T>): WriteOperation<z.output<S>, Exclude<T, { ok: false }>> {
  return { kind: "write", ...declaration } as unknown as WriteOperation<z.output<S>, Exclude<T, { ok: false }>>;
}
