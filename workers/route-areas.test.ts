import type { ServerBuild } from "react-router";
import { expect, test } from "vitest";
import { byArea } from "./route-areas.ts";

const routes = {
  root: { path: "" },
  home: { parentId: "root", index: true },
  frame: { parentId: "root" },
  login: { parentId: "frame", path: "login" },
  "login/code": { parentId: "frame", path: "login/code" },
  organizations: { parentId: "root", path: "organizations/:organization" },
  gallery: { parentId: "organizations", path: "gallery" },
  files: { parentId: "root", path: "/files/*" },
  missing: { parentId: "root", path: "*" },
};
const anywhere = ["root", "home", "frame", "missing"];

function areas() {
  let made = 0;
  const at = byArea({ routes, assets: { routes } } as unknown as ServerBuild, (build) => {
    made += 1;
    expect(Object.keys(build.assets.routes)).toEqual(Object.keys(build.routes));
    return Object.keys(build.routes).sort();
  });
  return { at: (path: string) => at(`http://localhost${path}`), made: () => made };
}

test("an address is looked for among the routes of its first segment, and those that may stand anywhere", () => {
  const { at, made } = areas();
  const organizations = [...anywhere, "organizations", "gallery"].sort();
  for (const path of [
    "/organizations/acme/gallery",
    "/Organizations/acme",
    "/%6frganizations/acme",
    "//organizations/a",
  ])
    expect(at(path), path).toEqual(organizations);
  for (const path of ["/login", "/login.data", "/login/code?x=/organizations"])
    expect(at(path), path).toEqual([...anywhere, "login", "login/code"].sort());
  for (const path of ["/", "/_root.data", "/unknown", "/%", "/organization", "/constructor"])
    expect(at(path), path).toEqual(anywhere.toSorted());
  expect(made(), "each table is made once").toBe(3);
});
