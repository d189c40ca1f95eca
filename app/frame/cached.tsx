import { type DehydratedState, HydrationBoundary, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { queryClient } from "#app/query-client.ts";
import { useZoneNews } from "./use-zone-news.ts";

export function Cached({ queries, children }: { queries?: DehydratedState; children: ReactNode }) {
  const [client] = useState(queryClient);
  useZoneNews();
  return (
    <QueryClientProvider client={client}>
      <HydrationBoundary state={queries}>{children}</HydrationBoundary>
    </QueryClientProvider>
  );
}
