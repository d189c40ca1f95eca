import { LATER_PAGE } from "#app/ui/list-place.ts";
import type { Delivery } from "./webhooks.server.ts";

/** In the order of the filter. */
export const deliveryStatuses = ["waiting", "delivered", "failed"] as const satisfies readonly Delivery["status"][];

/** The place in the list of deliveries on a webhook's page. */
export const deliveryPlace = { status: new RegExp(`^(${deliveryStatuses.join("|")})$`), page: LATER_PAGE };
