import { href } from "react-router";
import type { NotificationsAsked } from "./schemas.ts";

export function notificationsHref({ show, page = 1 }: { show: NotificationsAsked["show"]; page?: number }): string {
  const asked = new URLSearchParams({
    ...(show !== "all" && { show }),
    ...(page !== 1 && { page: String(page) }),
  });
  return asked.size === 0 ? href("/notifications") : `${href("/notifications")}?${asked}`;
}
