import { href } from "react-router";
import { LATER_PAGE } from "#app/ui/list-place.ts";
import type { NotificationsAsked } from "./schemas.ts";

export const notificationPlace = { show: /^unread$/, page: LATER_PAGE };

export function notificationsHref({ show, page = 1 }: { show: NotificationsAsked["show"]; page?: number }): string {
  const asked = new URLSearchParams({
    ...(show !== "all" && { show }),
    ...(page !== 1 && { page: String(page) }),
  });
  return asked.size === 0 ? href("/notifications") : `${href("/notifications")}?${asked}`;
}
