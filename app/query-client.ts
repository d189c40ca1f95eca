import {
  type DehydratedState,
  dehydrate,
  type FetchQueryOptions,
  QueryCache,
  QueryClient,
  type QueryKey,
} from "@tanstack/react-query";
import { href, redirectDocument } from "react-router";
import { tell } from "./ui/line/trouble.ts";

const STALE_TIME_MS = 30_000;

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: tellWhoIsGone }),
    defaultOptions: {
      // Without a line a query fails, and the page says so; held back until there is one, it would seem to hang.
      queries: { staleTime: STALE_TIME_MS, retry: mayDoBetter, refetchOnWindowFocus: false, networkMode: "always" },
    },
  });
}

let browserClient: QueryClient | null = null;

/** In the browser one cache per page load, on the server one per rendering: nothing of one person meets another's. */
export function queryClient(): QueryClient {
  if (import.meta.env.SSR) return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}

/** What a loader hands to the browser's cache: one query with its answer, in the shape of `HydrationBoundary`. */
export function cacheOf<T>({ queryKey }: { queryKey: QueryKey }, data: T): { queries: DehydratedState } {
  const client = new QueryClient();
  client.setQueryData(queryKey, data);
  return { queries: dehydrate(client) };
}

/** Anyone signed out gets the sign-in page, as a new document with an empty cache, and from there the page asked for. */
export async function fromCache<T, Key extends QueryKey>(
  options: FetchQueryOptions<T, Error, T, Key>,
  request: Request,
) {
  try {
    return cacheOf(options, await queryClient().fetchQuery(options));
  } catch (thrown) {
    if (statusOf(thrown) !== 401) throw thrown;
    const { pathname, search } = new URL(request.url);
    throw redirectDocument(`${href("/login")}?${new URLSearchParams({ redirectTo: pathname + search })}`);
  }
}

/** What asks by itself, such as the bell, notices first that the session ended or that the next person is there. */
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
