import { useEffect } from "react";
import { useRevalidator } from "react-router";
import { queryClient } from "#app/query-client.ts";
import { forgetZoneNews, zoneNews } from "#app/ui/zone-news.ts";

/** A browser's first document is rendered before its time zone is known, so its data is loaded again. */
export function useZoneNews() {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const news = zoneNews();
    if (news === null) return;
    document.documentElement.dataset.zone = news;
    void queryClient().invalidateQueries({ refetchType: "none" });
    void revalidate().finally(forgetZoneNews);
  }, [revalidate]);
}
