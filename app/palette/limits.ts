export const QUERY_MAXIMUM = 254;

export function isTooLong(query: string): boolean {
  return query.length > QUERY_MAXIMUM;
}

export const FOUND_OF_A_KIND = 6;
export const ORGANIZATIONS_SHOWN = 20;
