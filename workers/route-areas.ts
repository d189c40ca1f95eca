import type { ServerBuild } from "react-router";

type Route = NonNullable<ServerBuild["routes"][string]>;

/** React Router's build, with functions that import the modules of its routes (`./route-areas-plugin.ts`). */
export type LateBuild = Omit<ServerBuild, "routes"> & {
  routes: Record<string, Omit<Route, "module"> & { module: () => Promise<Route["module"]> }>;
};

/**
 * The router goes through its whole table several times for each request. Here the routes of one area have a table of their own,
 * made on the first request for it: `make` gets the build with only those routes. An area is the first and the third segment of
 * an address (the third follows an organization's slug) where routes have both, so there are never more tables than routes.
 */
export function byArea<T>(build: LateBuild, make: (build: ServerBuild) => T): (url: string) => Promise<T> {
  const patterns = new Map(Object.keys(build.routes).map((id) => [id, patternOf(build.routes, id)]));
  const known = new Set([...patterns.values()].flatMap(([first, , third]) => [nameOf(first), nameOf(first, third)]));
  const made = new Map<string, T>();
  return async (url) => {
    const [first, , third] = segmentsOf(new URL(url).pathname);
    const area = [nameOf(first, third), nameOf(first)].find((name) => known.has(name)) ?? nameOf();
    const table = made.get(area) ?? make(await only(build, (id) => isIn(area, patterns.get(id) ?? [])));
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

async function only(build: LateBuild, isKept: (id: string) => boolean): Promise<ServerBuild> {
  const kept = <R>(routes: Record<string, R>) => Object.entries(routes).filter(([id]) => isKept(id));
  const loaded = kept(build.routes).map(
    async ([id, route]) => [id, { ...route, module: await route.module() }] as const,
  );
  const assets = { ...build.assets, routes: Object.fromEntries(kept(build.assets.routes)) };
  return { ...build, routes: Object.fromEntries(await Promise.all(loaded)), assets };
}

/** The segments of a route's path, including those of its parent routes. */
function patternOf(routes: LateBuild["routes"], id: string): string[] {
  const { path = "", parentId } = routes[id] ?? {};
  const above = parentId === undefined ? [] : patternOf(routes, parentId);
  return [...above, ...path.toLowerCase().split("/")].filter((segment) => segment !== "");
}
