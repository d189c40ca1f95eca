/** The search of a URL as a query's key holds it: what is set, and nothing of the router's own. Empty, or begins with `?`. */
export function asSearch(url: string): string {
  const { searchParams } = new URL(url, "http://localhost");
  const set = [...searchParams].filter(([name, value]) => value !== "" && name !== "_routes");
  return set.length === 0 ? "" : `?${new URLSearchParams(set)}`;
}
