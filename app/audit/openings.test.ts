import { expect, test } from "vitest";
import { everyone, ownOrAdmins } from "#app/tenancy/roles.ts";
import { openingsOf } from "./actions.ts";

test("entries of a domain are open to everyone unless some role reads only its own rows", () => {
  const actions = ["note.added"] as const;
  const of = (read: typeof everyone | typeof ownOrAdmins) =>
    openingsOf([
      { permissions: { "notes:read": read, "notes:update": ownOrAdmins }, actions, openActions: actions },
      { permissions: { "keys:read": ownOrAdmins }, actions: ["key.made"] },
    ]);
  expect(of(everyone)).toEqual([{ actions, ifReads: [] }]);
  expect(of(ownOrAdmins)).toEqual([{ actions, ifReads: ["notes:read"] }]);
});
