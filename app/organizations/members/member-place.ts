import { LATER_PAGE } from "#app/ui/list-place.ts";

export const memberPlace = {
  search: /\S/,
  role: /^(owner|admin|member)$/,
  sort: /^(-role|-?name|-?joined)$/,
  page: LATER_PAGE,
};
