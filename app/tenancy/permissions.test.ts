import { expect, test } from "vitest";
import { can, type Permission, permissions, reachOf } from "#app/tenancy/permissions.ts";
import { ownOrAdmins, type Reach, roles, rolesRuledBy, rolesToGive } from "#app/tenancy/roles.ts";

type Reaches<T extends readonly unknown[]> = { [Place in keyof T]: Reach };

/** For each role, in the order of `roles`, as the product documents it. A permission without a row here does not compile. */
const expected: Record<Permission, Reaches<typeof roles>> = {
  "dashboard:read": ["any", "any", "any"],
  "gallery:read": ["any", "any", "any"],
  "gallery:create": ["any", "any", "any"],
  "gallery:update": ["own", "any", "any"],
  "gallery:delete": ["own", "any", "any"],
  "member:read": ["none", "any", "any"],
  "member:export": ["none", "any", "any"],
  "member:update": ["none", "any", "any"],
  "member:delete": ["none", "none", "any"],
  "member:leave": ["any", "any", "any"],
  "invitation:read": ["none", "any", "any"],
  "invitation:create": ["none", "any", "any"],
  "invitation:update": ["none", "any", "any"],
  "invitation:delete": ["none", "any", "any"],
  "invite-link:manage": ["none", "any", "any"],
  "organization:update": ["none", "none", "any"],
  "organization:transfer": ["none", "none", "any"],
  "organization:delete": ["none", "none", "any"],
  "key:read": ["none", "any", "any"],
  "key:manage": ["none", "any", "any"],
  "webhook:read": ["none", "any", "any"],
  "webhook:manage": ["none", "any", "any"],
  "audit:read": ["none", "none", "any"],
};

for (const [permission, reaches] of Object.entries(expected)) {
  test(`${permission} reaches ${reaches.join(", ")} for ${roles.join(", ")}`, () => {
    expect(Object.keys(permissions)).toEqual(Object.keys(expected));
    expect(roles.map((role) => reachOf(role, permission as Permission))).toEqual(reaches);
  });
}

test("a member whose permission reaches only own rows gets controls only on their own rows", () => {
  expect(ownOrAdmins).toEqual({ member: "own", admin: "any", owner: "any" });
  const own = Object.keys(permissions).filter(
    (each) => reachOf("member", each as Permission) === "own",
  ) as Permission[];
  expect(own.map((permission) => [can("member", permission), can("member", permission, true)])).toEqual(
    own.map(() => [false, true]),
  );
  expect(can("member", "member:read", true)).toBe(false);
});

test("an admin cannot manage or appoint owners, and only an owner can change their own role", () => {
  expect(rolesRuledBy("member")).toEqual([]);
  expect(rolesRuledBy("admin")).toEqual(["member", "admin"]);
  expect(rolesToGive("admin", { role: "owner", isSelf: false })).toEqual([]);
  expect(rolesToGive("admin", { role: "member", isSelf: false })).toEqual(["admin"]);
  expect(rolesToGive("admin", { role: "admin", isSelf: true, owners: 2 })).toEqual([]);
  expect(rolesToGive("owner", { role: "owner", isSelf: false })).toEqual(["member", "admin"]);
  expect(rolesToGive("owner", { role: "owner", isSelf: true, owners: 2 })).toEqual(["member", "admin"]);
  expect(rolesToGive("owner", { role: "owner", isSelf: true, owners: 1 })).toEqual([]);
  expect(rolesToGive("member", { role: "member", isSelf: false })).toEqual([]);
});
