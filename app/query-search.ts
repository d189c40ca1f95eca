/** The search of a URL, for a query's key: only fields that are set, without the router's own. Empty, or begins with `?`. */
export function asSearch(url: string): string {
  const { searchParams } = new URL(url, "http://localhost");
  const set = [...searchParams].filter(([name, value]) => value !== "" && name !== "_routes");
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}
