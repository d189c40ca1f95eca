import { expect, test } from "vitest";
import { keyPermissions, permissions } from "#app/tenancy/permissions.ts";
import { permissionGroups } from "./permission-names.ts";

test("every permission that a key can have has a label, and none is shown as its raw name", () => {
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

test("the list of a key's permissions hides those that no key can have or that no longer exist", () => {
  const held = [...Object.keys(permissions), "fortune:tell"];
  expect(permissionGroups(held)).toEqual(permissionGroups(keyPermissions));
  expect(permissionGroups(["member:leave", "key:manage", "fortune:tell"])).toEqual([]);
});
