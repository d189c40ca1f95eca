import { expect, test } from "vitest";
import { byArea, type LateBuild } from "./route-areas.ts";

const routes = {
  root: { path: "" },
  home: { parentId: "root", index: true },
  frame: { parentId: "root" },
  login: { parentId: "frame", path: "login" },
  "login/code": { parentId: "frame", path: "login/code" },
  organizations: { parentId: "root", path: "organizations/:organization" },
  overview: { parentId: "organizations", index: true },
  gallery: { parentId: "organizations", path: "gallery" },
  image: { parentId: "organizations", path: "gallery/:image/rename" },
  members: { parentId: "organizations", path: "members" },
  files: { parentId: "root", path: "/files/*" },
  missing: { parentId: "root", path: "*" },
};
const anywhere = ["root", "home", "frame", "missing"];

function areas() {
  let made = 0;
  const imported = new Set<string>();
  const late = Object.entries(routes).map(([id, route]) => [id, { ...route, module: async () => imported.add(id) }]);
  const at = byArea({ routes: Object.fromEntries(late), assets: { routes } } as unknown as LateBuild, (build) => {
    made += 1;
    expect(Object.keys(build.assets.routes)).toEqual(Object.keys(build.routes));
    expect(Object.values(build.routes).every((route) => Object.is(route?.module, imported))).toBe(true);
    return Object.keys(build.routes).sort();
  });
  return {
    at: (path: string) => at(`http://localhost${path}`),
    made: () => made,
    imported: () => [...imported].sort(),
  };
}

test("an address is looked for among the routes of its area, and those that may stand anywhere", async () => {
  const { at, made } = areas();
  const organizations = [...anywhere, "organizations", "overview"];
  for (const path of [
    "/organizations/acme/gallery",
    "/Organizations/acme/Gallery/2/rename",
    "/%6frganizations/acme/gallery.data?x=/members",
    "//organizations/gallery/gallery",
    "/organizations/a%2Fb/gallery",
  ])
    expect(await at(path), path).toEqual([...organizations, "gallery", "image"].sort());
  expect(await at("/organizations/acme/members")).toEqual([...organizations, "members"].sort());
  for (const path of ["/organizations/acme", "/organizations/gallery", "/organizations/acme/unknown/gallery"])
    expect(await at(path), path).toEqual(organizations.toSorted());
  for (const path of ["/login", "/login.data", "/login/code?x=/organizations"])
    expect(await at(path), path).toEqual([...anywhere, "login", "login/code"].sort());
  for (const path of ["/", "/_root.data", "/unknown", "/%", "/organization", "/constructor"])
    expect(await at(path), path).toEqual(anywhere.toSorted());
  expect(made(), "each table is made once").toBe(5);
  // Otherwise anyone could fill the memory with tables.
  for (const path of ["/login/x/gallery", "/login/x/members", "/files/x/gallery", "/x/y/gallery", "/:organization/x/y"])
    await at(path);
  expect(made(), "no table covers two areas").toBe(6);
});

test("only the routes of a requested area are imported", async () => {
  const { at, imported } = areas();
  expect(imported()).toEqual([]);
  await Promise.all([at("/login"), at("/login/code")]);
  expect(imported()).toEqual([...anywhere, "login", "login/code"].sort());
});
