import type { ServerBuild } from "react-router";

/** Which segments of an address divide the table: the first, and the one behind an organization's slug. */
const DIVIDING = [0, 2];

/**
 * The router goes through its whole table several times for each request. Here the routes of one area have a table of their own,
 * made when somebody asks for it: `make` gets the build with those routes alone.
 */
export function byArea<T>(build: ServerBuild, make: (build: ServerBuild) => T): (url: string) => T {
  const patterns = new Map(Object.keys(build.routes).map((id) => [id, patternOf(build.routes, id)]));
  const known = DIVIDING.map((place) => new Set([...patterns.values()].map((pattern) => pattern[place])));
  const made = new Map<string, T>();
  return (url) => {
    const asked = segmentsOf(new URL(url).pathname);
    const area = DIVIDING.map((place, at) => (known[at]?.has(asked[place]) ? (asked[place] ?? "") : ""));
    const name = area.join("/");
    const table = made.get(name) ?? make(only(build, (id) => isIn(area, patterns.get(id) ?? [])));
    made.set(name, table);
    return table;
  };
}

/** Data of a page is asked for at its address with an ending. */
function segmentsOf(pathname: string): string[] {
  try {
    const segments = pathname.replace(/\.data$/, "").split("/");
    return segments.filter((segment) => segment !== "").map((segment) => decodeURIComponent(segment).toLowerCase());
  } catch {
    return [];
  }
}

function isIn(area: readonly string[], pattern: readonly string[]): boolean {
  return DIVIDING.every((place, at) => {
    const segment = pattern[place];
    return segment === undefined || /^[:*]/.test(segment) || segment === area[at];
  });
}

function only(build: ServerBuild, isKept: (id: string) => boolean): ServerBuild {
  const kept = <R>(routes: Record<string, R>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => isKept(id)));
  return { ...build, routes: kept(build.routes), assets: { ...build.assets, routes: kept(build.assets.routes) } };
}

/** The segments of a route's address, with those of the routes around it. */
function patternOf(routes: ServerBuild["routes"], id: string): string[] {
  const { path = "", parentId } = routes[id] ?? {};
  const above = parentId === undefined ? [] : patternOf(routes, parentId);
  return [...above, ...path.toLowerCase().split("/")].filter((segment) => segment !== "");
}
