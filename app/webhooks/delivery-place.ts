import { LATER_PAGE } from "#app/ui/list-place.ts";

/** The place in the list of deliveries on a webhook's page. */
export const deliveryPlace = { status: /^(waiting|delivered|failed)$/, page: LATER_PAGE };
