import { expect, test } from "vitest";
import { features } from "#app/features.ts";
import { admins, everyone, ownOrAdmins } from "#app/tenancy/roles.ts";
import { restrictionsOf } from "./openings.ts";

test("entries of a domain are open to everyone unless some role does not read all of its rows", () => {
  const actions = ["note.added", "note.removed"] as const;
  const of = (read: typeof everyone | typeof ownOrAdmins | typeof admins) =>
    restrictionsOf([
      {
        permissions: { "notes:read": read, "notes:update": ownOrAdmins },
        actions,
        openActions: { "notes:read": ["note.added"] },
      },
      { permissions: { "keys:read": ownOrAdmins }, actions: ["key.made"] },
    ]);
  expect(of(everyone)).toEqual([]);
  const restricted = [{ actions, permission: "notes:read" }];
  expect([of(ownOrAdmins), of(admins)]).toEqual([restricted, restricted]);
});

test("each open action is one of its domain, and opened by a permission that exists", () => {
  const permissions = features.flatMap(({ permissions = {} }) => Object.keys(permissions));
  const opened = features.flatMap(({ openActions = {}, actions = [] }) =>
    Object.entries(openActions).map(([permission, open = []]) => ({ permission, open, actions })),
  );
  expect(opened).not.toEqual([]);
  for (const { permission, open, actions } of opened) {
    expect(permissions).toContain(permission);
    expect(actions).toEqual(expect.arrayContaining([...open]));
  }
});
