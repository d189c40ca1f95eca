import { expect, test } from "vitest";
import type { Restriction } from "#app/audit/openings.ts";
import { recentEntries } from "#app/dashboard/figures.server.ts";
import { auditEntry } from "#app/db/schema/audit.ts";
import { image } from "#app/db/schema/gallery.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { read } from "#app/operation/operation.server.ts";
import { plan } from "#app/operation/plan.ts";
import { page } from "#app/request/doors.server.ts";
import type { Permission } from "#app/tenancy/permissions.ts";
import { InOrganization } from "#app/tenancy/slug.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam, type Colleague } from "#app/test/team.ts";

const db = testDatabase();

/** A page of the dashboard that shows images as far as another permission reaches. */
const showing = (permission: Permission) =>
  page(
    read({
      validate: InOrganization,
      authenticate: "person",
      authorize: "dashboard:read",
      execute: (scope) => {
        const other = scope.within(permission);
        const names = other.select({ name: image.name }).from(image);
        const counts = scope
          .select({ all: other.count(image), few: other.count(image, { upTo: 1 }) })
          .from(organization);
        return plan({ names, counts }, ({ names, counts: [counted] }) => ({
          names: names.map(({ name }) => name).sort(),
          counted,
        }));
      },
    }),
  );

async function aShelf() {
  const team = await aTeam(db);
  for (const [name, maker] of [
    ["By the owner", team.owner],
    ["By the member", team.plain],
  ] as const) {
    const row = {
      organizationId: team.organization.id,
      createdBy: maker.person.id,
      type: "image/png",
      size: 1,
    } as const;
    await db.insert(image).values({ ...row, id: crypto.randomUUID(), name });
  }
  const shown = async ({ cookie }: Colleague, permission: Permission) =>
    (await ask(showing(permission), { ...team.at("dashboard"), cookie })).body;
  return { ...team, shown };
}

test("a page shows of another permission what that permission reaches, and nothing without it", async () => {
  const { owner, plain, shown } = await aShelf();
  const all = { names: ["By the member", "By the owner"], counted: { all: 2, few: 1 } };
  expect([await shown(owner, "gallery:update"), await shown(plain, "gallery:read")]).toEqual([all, all]);
  // This reaches only their own.
  expect(await shown(plain, "gallery:update")).toEqual({ names: ["By the member"], counted: { all: 1, few: 1 } });
  expect(await shown(plain, "member:read")).toEqual({ names: [], counted: { all: 0, few: 0 } });
});

test("the dashboard names nothing that others did to rows of which the person reads only their own", async () => {
  const { owner, admin, plain, organization: team, at } = await aShelf();
  for (const [targetName, actor] of [
    ["Of the owner", owner],
    ["Of the member", plain],
  ] as const) {
    const entry = { id: crypto.randomUUID(), organizationId: team.id, actorId: actor.person.id, targetName };
    await db.insert(auditEntry).values({ ...entry, action: "image.renamed" });
  }
  const seen = async ({ cookie }: Colleague, ...restricted: Restriction[]) => {
    const recent = page(
      read({
        validate: InOrganization,
        authenticate: "person",
        authorize: "dashboard:read",
        execute: (scope) => plan({ entries: recentEntries(scope, restricted) }, ({ entries }) => entries),
      }),
    );
    const { body } = await ask(recent, { ...at("dashboard"), cookie });
    return (body as { targetName: string }[]).map(({ targetName }) => targetName).sort();
  };
  const actions = ["image.renamed"] as const;
  const both = ["Of the member", "Of the owner"];
  expect([await seen(plain), await seen(plain, { actions, permission: "gallery:read" })]).toEqual([both, both]);
  // A member changes only their own, and has no permission for keys at all.
  for (const permission of ["gallery:update", "key:read"] as const) {
    expect(await seen(owner, { actions, permission })).toEqual(both);
    expect(await seen(plain, { actions, permission })).toEqual(["Of the member"]);
  }
  // Reading the members opens nothing of it.
  expect(await seen(admin, { actions, permission: "audit:read" })).toEqual([]);
});
