import { type DehydratedState, HydrationBoundary, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { queryClient } from "#app/query-client.ts";

/** The client's cache for what is inside, filled with what the frame's loader has found. Pages of everybody have none. */
export function Cached({ queries, children }: { queries?: DehydratedState; children: ReactNode }) {
  const [client] = useState(queryClient);
  return (
    <QueryClientProvider client={client}>
      <HydrationBoundary state={queries}>{children}</HydrationBoundary>
    </QueryClientProvider>
  );
}
