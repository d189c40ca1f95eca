import type { ServerBuild } from "react-router";

/**
 * The router goes through its whole table several times for each request. Here the routes of one area have a table of their own,
 * made on the first request for it: `make` gets the build with only those routes. An area is the first and the third segment of
 * an address (the third follows an organization's slug) where routes have both, so there are never more tables than routes.
 */
export function byArea<T>(build: ServerBuild, make: (build: ServerBuild) => T): (url: string) => T {
  const patterns = new Map(Object.keys(build.routes).map((id) => [id, patternOf(build.routes, id)]));
  const known = new Set([...patterns.values()].flatMap(([first, , third]) => [nameOf(first), nameOf(first, third)]));
  const made = new Map<string, T>();
  return (url) => {
    const [first, , third] = segmentsOf(new URL(url).pathname);
    const area = [nameOf(first, third), nameOf(first)].find((name) => known.has(name)) ?? nameOf();
    const table = made.get(area) ?? make(only(build, (id) => isIn(area, patterns.get(id) ?? [])));
    made.set(area, table);
    return table;
  };
}

const nameOf = (first = "", third = "") => JSON.stringify([first, third]);

/** Ignores the `.data` ending, with which the data of a page is requested. Returns no segments for a malformed address. */
function segmentsOf(pathname: string): string[] {
  try {
    const segments = pathname.replace(/\.data$/, "").split("/");
    return segments.filter((segment) => segment !== "").map((segment) => decodeURIComponent(segment).toLowerCase());
  } catch {
    return [];
  }
}

function isIn(area: string, [first, , third]: readonly string[]): boolean {
  const [asked, behind]: [string, string] = JSON.parse(area);
  const fits = (segment: string | undefined, wanted: string) =>
    segment === undefined || /^[:*]/.test(segment) || segment === wanted;
  return fits(first, asked) && fits(third, behind);
}

function only(build: ServerBuild, isKept: (id: string) => boolean): ServerBuild {
  const kept = <R>(routes: Record<string, R>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => isKept(id)));
  return { ...build, routes: kept(build.routes), assets: { ...build.assets, routes: kept(build.assets.routes) } };
}

/** The segments of a route's path, including those of its parent routes. */
function patternOf(routes: ServerBuild["routes"], id: string): string[] {
  const { path = "", parentId } = routes[id] ?? {};
  const above = parentId === undefined ? [] : patternOf(routes, parentId);
  return [...above, ...path.toLowerCase().split("/")].filter((segment) => segment !== "");
}
