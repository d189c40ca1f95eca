import type { z } from "zod";
import type { ReadOperation, WriteOperation } from "./operation.server.ts";

/** Fields that only forms send. A program sends the header `Idempotency-Key` instead. */
export const OF_FORMS: readonly string[] = ["once"];

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One line of the API's table: how a program reaches an operation, and what it gets back. */
export type ApiRow = {
  readonly method: Method;
  /** The path below `/api/v1`, with parameters in braces: `/organizations/{organization}/images/{image}`. */
  readonly path: string;
  /** A name that never changes, such as `images.list`. */
  readonly id: string;
  /** What the operation does, in one English sentence. */
  readonly says: string;
  /** Why and how an agent uses it, in English. Without this text, agents do not get the operation as a tool. */
  readonly tool?: string;
  readonly operation: ReadOperation | WriteOperation;
  /** Only the product's own pages call it, with a session cookie. It is in no API document and can change with the pages. */
  readonly isOfPages?: true;
  /** The field of a file that a program can also send as the whole body, without a form. */
  readonly file?: string;
  readonly status: 200 | 201 | 204;
  /** The schema of the JSON in the response. Null if the response has no body, or a file. */
  readonly answers: z.ZodType | null;
  /** Makes the body of the response: a value for `answers`, a `Response` with a file, or null. */
  readonly gives: (found: unknown, input: unknown) => unknown;
};

/** Whether a row shows a single thing. Its response has an `ETag`, which shows when the thing changes. A list has none. */
export function showsOneThing({ operation, answers }: ApiRow): boolean {
  return operation.kind === "read" && answers !== null && !("next" in (answers as z.ZodObject).shape);
}

/** Finds the GET row, at the same path or the nearest one above, for the thing that a row changes. Null if it shows a list. */
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

/** A read for the product's own pages. Its JSON is what a page's loader gets from the same operation. */
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

/** A write that creates something. It responds with 201. */
export function makes<I, D, S extends z.ZodType>(row: Making<I, D, S>): ApiRow {
  return { method: "POST", status: 201, ...row } as unknown as ApiRow;
}

type Changing<I, D> = Line & {
  method: Exclude<Method, "GET">;
  operation: WriteOperation<I, D>;
  file?: keyof I & string;
};

/** A write that changes or removes something. It responds with 204 and no body. */
export function changes<I, D>(row: Changing<I, D>): ApiRow {
  return { status: 204, answers: null, gives: () => null, ...row } as unknown as ApiRow;
}
