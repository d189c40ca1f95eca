import { expect, test } from "vitest";
import { keyPermissions, permissions } from "#app/tenancy/permissions.ts";
import { permissionGroups } from "./permission-names.ts";

test("every permission that a key is given has words, and none shows in its raw name", () => {
  const groups = permissionGroups(keyPermissions);
  expect(groups.flatMap(({ permissions }) => permissions.map(({ value }) => value)).sort()).toEqual(
    [...keyPermissions].sort(),
  );
  const raw = groups.flatMap(({ noun, label, permissions }) => [
    ...(label === noun ? [noun] : []),
    ...permissions.filter(({ value, label }) => label === value).map(({ value }) => value),
  ]);
  expect(raw).toEqual([]);
});

test("of a key that holds what no key is given, or what is nowhere any more, the list shows what it may", () => {
  const held = [...Object.keys(permissions), "fortune:tell"];
  expect(permissionGroups(held)).toEqual(permissionGroups(keyPermissions));
  expect(permissionGroups(["member:leave", "key:manage", "fortune:tell"])).toEqual([]);
});
