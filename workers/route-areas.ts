import type { ServerBuild } from "react-router";

/**
 * The router goes through its whole table several times for each request. Here the routes of one first segment have a table of
 * their own, made when somebody asks for it: `make` gets the build with those routes alone.
 */
export function byArea<T>(build: ServerBuild, make: (build: ServerBuild) => T): (url: string) => T {
  const ids = Object.keys(build.routes);
  const segments = new Set(ids.map((id) => firstSegment(build.routes, id)));
  const made = new Map<string, T>();
  return (url) => {
    const asked = segmentOf(new URL(url).pathname);
    const area = segments.has(asked) ? asked : "";
    const known = made.get(area) ?? make(only(build, area));
    made.set(area, known);
    return known;
  };
}

/** Data of a page is asked for at its address with an ending. */
function segmentOf(pathname: string): string {
  try {
    return decodeURIComponent(firstOf(pathname))
      .replace(/\.data$/, "")
      .toLowerCase();
  } catch {
    return "";
  }
}

function only(build: ServerBuild, area: string): ServerBuild {
  const isKept = (id: string) => ["", area].includes(firstSegment(build.routes, id));
  const kept = <R>(routes: Record<string, R>) =>
    Object.fromEntries(Object.entries(routes).filter(([id]) => isKept(id)));
  return { ...build, routes: kept(build.routes), assets: { ...build.assets, routes: kept(build.assets.routes) } };
}

/** Of the address of a route; empty for what may stand at any, such as a layout without a path. */
function firstSegment(routes: ServerBuild["routes"], id: string): string {
  const { path = "", parentId } = routes[id] ?? {};
  const above = parentId === undefined ? "" : firstSegment(routes, parentId);
  const segment = firstOf(path);
  return above !== "" || /^[:*]/.test(segment) ? above : segment.toLowerCase();
}

function firstOf(path: string): string {
  return path.split("/").find((segment) => segment !== "") ?? "";
}
