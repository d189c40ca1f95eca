export const QUERY_MAXIMUM = 100;
export const FOUND_OF_A_KIND = 6;
export const ORGANIZATIONS_SHOWN = 20;
