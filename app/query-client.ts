import {
  type DehydratedState,
  dehydrate,
  type FetchQueryOptions,
  QueryClient,
  type QueryKey,
} from "@tanstack/react-query";

export const STALE_TIME_MS = 30_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { staleTime: STALE_TIME_MS, retry: 1, refetchOnWindowFocus: false } },
  });
}

let browserClient: QueryClient | null = null;

/** In the browser one cache per page load, on the server one per rendering: nothing of one person meets another's. */
export function queryClient(): QueryClient {
  if (import.meta.env.SSR) return createQueryClient();
  browserClient ??= createQueryClient();
  return browserClient;
}

/** What a loader answers to fill the page's cache: `data` under the key of the same query the component uses. */
export function filled<T>({ queryKey }: { queryKey: QueryKey }, data: T): { queries: DehydratedState } {
  const client = new QueryClient();
  client.setQueryData(queryKey, data);
  return { queries: dehydrate(client) };
}

/** For a `clientLoader`: the fresh cached answer, or one request to the resource route that declares the same read. */
export async function fromCache<T, Key extends QueryKey>(options: FetchQueryOptions<T, Error, T, Key>) {
  return filled(options, await queryClient().fetchQuery(options));
}
