import { useQuery } from "@tanstack/react-query";
import { POLL_SECONDS } from "#app/notifications/limits.ts";
import { bellQuery } from "#app/query-keys.ts";
import { BellMenu } from "./bell-menu.tsx";

const POLL_MS = POLL_SECONDS * 1000;

export function Bell() {
  const { data, refetch, isError, isFetching } = useQuery({
    ...bellQuery(),
    staleTime: POLL_MS,
    refetchInterval: POLL_MS,
    refetchOnWindowFocus: true,
  });
  return data && <BellMenu bell={data} ask={refetch} isFailed={isError} isAsking={isFetching} />;
}
