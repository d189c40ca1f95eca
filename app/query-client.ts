import { type FetchQueryOptions, QueryCache, QueryClient, type QueryKey } from "@tanstack/react-query";
import { inColumns, inRows } from "./in-columns.ts";
import { tell } from "./ui/line/trouble.ts";

const STALE_TIME_MS = 30_000;

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: tellWhoIsGone }),
    defaultOptions: {
      // Without a connection, a query fails and the page says so. A query that waits for the connection would seem to hang.
      queries: { staleTime: STALE_TIME_MS, retry: mayDoBetter, refetchOnWindowFocus: false, networkMode: "always" },
    },
  });
}

let browserClient: QueryClient | null = null;

/** The cache: one per page load in the browser, and one per rendering on the server, so people never share one. */
export function queryClient(): QueryClient {
  if (import.meta.env.SSR) return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}

/** A query with its data, as a loader sends it to the browser's cache (`Received`): with lists in columns. */
export type SentQuery = { key: QueryKey; data: unknown };

const whole = new WeakMap<SentQuery, unknown>();

export function cacheOf<T>({ queryKey }: { queryKey: QueryKey }, data: T): { query: SentQuery } {
  const query = { key: queryKey, data: inColumns(data) };
  whole.set(query, data);
  return { query };
}

/** The data of a query. The Worker, which sends it, still has it as it was. */
export function dataOf(query: SentQuery): unknown {
  return whole.has(query) ? whole.get(query) : inRows(query.data);
}

/** Fetches a query that is not in the browser's cache, or no longer fresh there. The page reads it from the cache. */
export async function fromCache<T, Key extends QueryKey>(options: FetchQueryOptions<T, Error, T, Key>) {
  await queryClient().fetchQuery(options);
  return { query: null };
}

/** A query that runs by itself, such as the bell's, is the first to notice that the session ended or someone else signed in. */
function tellWhoIsGone(thrown: unknown) {
  const { data } = Object(thrown);
  if (statusOf(thrown) === 401) tell({ kind: "session-ended" });
  if (data?.error === "another-person") tell({ kind: "another-person", name: data.name });
}

function mayDoBetter(failures: number, thrown: unknown): boolean {
  const status = statusOf(thrown);
  if (status === null && !navigator.onLine) return false;
  return failures === 0 && (status === null || status >= 500);
}

function statusOf(thrown: unknown): number | null {
  const status: unknown = Object(thrown).init?.status;
  return typeof status === "number" ? status : null;
}
