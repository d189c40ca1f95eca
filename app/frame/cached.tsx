import { type DehydratedState, HydrationBoundary, hashKey, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { dataOf, queryClient, type SentQuery } from "#app/query-client.ts";
import { useZoneNews } from "./use-zone-news.ts";

export function Cached({ query, children }: { query?: SentQuery; children: ReactNode }) {
  const [client] = useState(queryClient);
  useZoneNews();
  return (
    <QueryClientProvider client={client}>
      <Received query={query}>{children}</Received>
    </QueryClientProvider>
  );
}

/** Puts what a loader sent into the cache, before the children read it. */
export function Received({ query, children }: { query: SentQuery | null | undefined; children: ReactNode }) {
  return <HydrationBoundary state={query && stateOf(query)}>{children}</HydrationBoundary>;
}

const states = new WeakMap<SentQuery, DehydratedState>();

/** Each query is received once, at the time of this browser's clock: by the server's, new data could lose to what was read before. */
function stateOf(sent: SentQuery): DehydratedState {
  const known = states.get(sent);
  if (known !== undefined) return known;
  const state: DehydratedState["queries"][number]["state"] = {
    ...{ data: dataOf(sent), dataUpdateCount: 1, dataUpdatedAt: Date.now(), status: "success" },
    ...{ error: null, errorUpdateCount: 0, errorUpdatedAt: 0, isInvalidated: false },
    ...{ fetchStatus: "idle", fetchFailureCount: 0, fetchFailureReason: null, fetchMeta: null },
  };
  const queries = [{ queryKey: sent.key, queryHash: hashKey(sent.key), state, dehydratedAt: 0 }];
  states.set(sent, { queries, mutations: [] });
  return { queries, mutations: [] };
}
