import type { z } from "zod";
import type { ReadOperation, WriteOperation } from "./operation.server.ts";

/** What forms alone send: a program says it with `Idempotency-Key`. */
export const OF_FORMS: readonly string[] = ["once"];

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One line of the API's table: how a program reaches an operation, and what it gets. */
export type ApiRow = {
  readonly method: Method;
  /** Behind `/api/v1`, with parameters in braces: `/organizations/{organization}/images/{image}`. */
  readonly path: string;
  /** Stable, as in `images.list`. */
  readonly id: string;
  /** What it does, in one English sentence. */
  readonly says: string;
  /** Why and how an agent uses it, in English; left out: it is none of their tools. */
  readonly tool?: string;
  readonly operation: ReadOperation | WriteOperation;
  /** Asked by the product's own pages, with a session's cookie: in no document, and free to change with them. */
  readonly isOfPages?: true;
  /** The field of a file that may come as the whole body, beside the form. */
  readonly file?: string;
  readonly status: 200 | 201 | 204;
  /** Of the answer's JSON; null: no body, or a file. */
  readonly answers: z.ZodType | null;
  /** Makes the body of the answer: a value for `answers`, a `Response` with a file, or nothing. */
  readonly gives: (found: unknown, input: unknown) => unknown;
};

/** Whether a row shows one thing, which has a tag by which a change of it is noticed; a list has none. */
export function showsOneThing({ operation, answers }: ApiRow): boolean {
  return operation.kind === "read" && answers !== null && !("next" in (answers as z.ZodObject).shape);
}

/** The row that shows what another one changes: at its path, or at the nearest above. Null: there is a list. */
export function thingOf(rows: readonly ApiRow[], { path }: ApiRow): ApiRow | null {
  const above = rows.filter((row) => row.method === "GET" && `${path}/`.startsWith(`${row.path}/`));
  const [nearest] = above.toSorted((one, other) => other.path.length - one.path.length);
  return nearest !== undefined && showsOneThing(nearest) ? nearest : null;
}

type Line = Pick<ApiRow, "path" | "id" | "says" | "tool">;

type Reading<I, T, S extends z.ZodType> = Line & {
  operation: ReadOperation<I, T>;
  answers: S;
  gives: (found: T, input: I) => z.input<S>;
};

export function reads<I, T, S extends z.ZodType>(row: Reading<I, T, S>): ApiRow {
  return { method: "GET", status: 200, ...row } as unknown as ApiRow;
}

type Streaming<I, T> = Line & {
  operation: ReadOperation<I, T>;
  gives: (found: T, input: I) => Response | Promise<Response>;
};

export function streams<I, T>(row: Streaming<I, T>): ApiRow {
  return { method: "GET", status: 200, answers: null, ...row } as unknown as ApiRow;
}

type Asking<I, T> = Pick<ApiRow, "path" | "id" | "says"> & { operation: ReadOperation<I, T> };

/** A read for a page of the product: the answer is what the page's own loader has of the same operation. */
export function asks<I, T>(row: Asking<I, T>): ApiRow {
  const gives = (found: T) => Response.json(found);
  return { method: "GET", status: 200, isOfPages: true, answers: null, gives, ...row } as unknown as ApiRow;
}

type Making<I, D, S extends z.ZodType> = Line & {
  file?: keyof I & string;
  operation: WriteOperation<I, D>;
  answers: S;
  gives: (done: D, input: I) => z.input<S>;
};

/** A write that makes something: 201. */
export function makes<I, D, S extends z.ZodType>(row: Making<I, D, S>): ApiRow {
  return { method: "POST", status: 201, ...row } as unknown as ApiRow;
}

type Changing<I, D> = Line & {
  method: Exclude<Method, "GET">;
  operation: WriteOperation<I, D>;
  file?: keyof I & string;
};

/** A write that changes or removes something: 204, without a body. */
export function changes<I, D>(row: Changing<I, D>): ApiRow {
  return { status: 204, answers: null, gives: () => null, ...row } as unknown as ApiRow;
}
