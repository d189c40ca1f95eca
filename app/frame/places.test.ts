import { expect, test } from "vitest";
import { placeBefore } from "./place-before.ts";
import { placeOf } from "./places.ts";

test("a page that asks for a proof first links back to the page where the person came from", () => {
  const back = (to: string) => placeBefore(to);
  expect(back("/organizations/acme/keys/new")).toEqual({ to: "/organizations/acme/keys", label: "API keys" });
  expect(back("/organizations/acme/invitations/owner")).toEqual({
    to: "/organizations/acme/members",
    label: "Members",
  });
  expect(back("/organizations/acme/leave")).toEqual({ to: "/organizations/acme/dashboard", label: "Dashboard" });
  expect(back("/settings/account/delete")).toEqual({ to: "/settings/account", label: "Account" });
  for (const own of ["/", "/settings/security/passkeys"])
    expect(back(own), own).toEqual({ to: "/settings/security", label: "Security" });
});

test("invite links belong to the members' place", () => {
  expect(placeOf("/organizations/acme/invite-links/new", "acme")?.label()).toBe("Members");
  expect(placeOf("/organizations/acme/invite-linksx", "acme")).toBeUndefined();
});
