import { useEffect } from "react";
import { useRevalidator } from "react-router";
import { queryClient } from "#app/query-client.ts";
import { forgetZoneNews, zoneNews } from "#app/ui/zone-news.ts";

/** The first document of a browser is written before it has told its time zone: what it shows is asked for once more. */
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
