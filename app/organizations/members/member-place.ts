import { roles } from "#app/tenancy/roles.ts";
import { isOneOf, LATER_PAGE } from "#app/ui/list-place.ts";
import { memberSorts } from "./member-sorts.ts";

export const memberPlace = {
  search: /\S/,
  role: isOneOf(roles),
  sort: isOneOf(memberSorts.slice(1)),
  page: LATER_PAGE,
};
