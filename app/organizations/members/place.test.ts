import { expect, test } from "vitest";
import { action as resend } from "#app/routes/organizations/invitations.resend.ts";
import { action as revoke } from "#app/routes/organizations/invitations.revoke.ts";
import { action as invitedRole } from "#app/routes/organizations/invitations.role.ts";
import { action as invite } from "#app/routes/organizations/invitations.ts";
import { loader as ownerQuestion } from "#app/routes/organizations/members.owner.ts";
import { action as remove } from "#app/routes/organizations/members.remove.ts";
import { action as giveRole } from "#app/routes/organizations/members.role.ts";
import { action as signOut } from "#app/routes/organizations/members.sign-out.ts";
import { anInvitation } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { about, anAddress } from "#app/test/invitations.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { placeIn } from "#app/ui/list-place.ts";
import { memberPlace } from "./member-place.ts";
import { memberSorts } from "./member-sorts.ts";
import { ownerHref } from "./owner-link.ts";
import { MembersPage } from "./schemas.ts";

const db = testDatabase();

const LIST = "?search=ada&role=member&sort=-joined&page=2";

test("changing, signing out or removing a member leads back to the same place in the list of members", async () => {
  const team = await aTeam(db);
  const { member } = team.plain;
  const members = team.at("members").url;
  const led = async (to: Parameters<typeof ask>[0], path: string, form: Record<string, string> | null) => {
    const asked = { ...team.at(`members/${member}/${path}`, { member }), cookie: team.owner.cookie };
    const separator = path.includes("?") ? "&" : "?";
    const { status, headers } = await ask(to, { ...asked, url: asked.url + LIST.replace("?", separator), form });
    return [status, headers.get("Location")];
  };
  expect(await led(ownerQuestion, "owner?to=admin", null)).toEqual([302, `${members}/${member}${LIST}`]);
  expect(await led(giveRole, "role", { role: "admin" })).toEqual([303, members + LIST]);
  expect(await led(signOut, "sign-out", {})).toEqual([303, `${members}/${member}${LIST}`]);
  expect(await led(remove, "remove", {})).toEqual([303, members + LIST]);
});

test("inviting and changing, resending or revoking an invitation lead back to the same place in the list", async () => {
  const team = await aTeam(db);
  const { organization, owner } = team;
  const { id } = await anInvitation(db, { organization, inviterId: owner.person.id });
  for (const [to, at, form] of [
    [invite, team.at("invitations"), { email: anAddress(), role: "member" }],
    [invitedRole, about(team, { id }, "role"), { role: "admin" }],
    [resend, about(team, { id }, "resend"), {}],
    [revoke, about(team, { id }, "revoke"), {}],
  ] as const) {
    const { status, headers } = await ask(to, { ...at, url: at.url + LIST, cookie: owner.cookie, form });
    expect([status, headers.get("Location")], at.url).toEqual([303, team.at("members").url + LIST]);
  }
});

test("a URL keeps only the parameters that the list of members accepts, also for the question about an owner", () => {
  expect(placeIn(memberPlace, LIST)).toBe(LIST);
  const taken = { organization: "acme", ...Object.fromEntries(new URLSearchParams(LIST)) };
  expect(MembersPage.parse(taken)).toMatchObject({ search: "ada", role: "member", sort: "-joined", page: 2 });
  const unusual = memberSorts.filter((sort) => placeIn(memberPlace, `?sort=${sort}`) !== "");
  expect(unusual).toEqual(memberSorts.filter((sort) => sort !== MembersPage.parse({ organization: "acme" }).sort));
  expect(placeIn(memberPlace, "?role=&sort=role&page=0&to=owner&select=yes&member=x")).toBe("");
  const question = ownerHref({ organization: "acme", member: "x", inList: LIST }, "owner");
  expect(question).toBe(`/organizations/acme/members/x/owner?to=owner&${LIST.slice(1)}`);
  expect(placeIn(memberPlace, question.split("?")[1] ?? "")).toBe(LIST);
});
