import { type DehydratedState, HydrationBoundary, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { queryClient } from "#app/query-client.ts";
import { useZoneNews } from "./use-zone-news.ts";

export function Cached({ queries, children }: { queries?: DehydratedState; children: ReactNode }) {
  const [client] = useState(queryClient);
  useZoneNews();
  return (
    <QueryClientProvider client={client}>
      <HydrationBoundary state={byOwnClock(queries)}>{children}</HydrationBoundary>
    </QueryClientProvider>
  );
}

const received = new WeakSet<DehydratedState>();

/** The cache keeps the newest data by this browser's clock. By the server's, new data could lose to what was read before. */
function byOwnClock(sent?: DehydratedState): DehydratedState | undefined {
  if (sent !== undefined && !received.has(sent)) {
    received.add(sent);
    for (const { state } of sent.queries) state.dataUpdatedAt = Date.now();
  }
  return sent;
}
