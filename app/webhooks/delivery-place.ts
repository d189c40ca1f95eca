import { LATER_PAGE } from "#app/ui/list-place.ts";

/** Of the deliveries on a webhook's page. */
export const deliveryPlace = { status: /^(waiting|delivered|failed)$/, page: LATER_PAGE };
