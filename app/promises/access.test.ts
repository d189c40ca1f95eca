import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { accessTable } from "../../e2e/access-table.ts";
import { guarded } from "../../e2e/step-up-cases.ts";
import { auditEntry } from "../db/schema/audit.ts";
import { member } from "../db/schema/organizations.ts";
import { session } from "../db/schema/people.ts";
import { reachOf } from "../tenancy/permissions.ts";
import { roles } from "../tenancy/roles.ts";
import { testDatabase } from "../test/database.ts";
import {
  addressOf,
  doors,
  furnished,
  isPermission,
  isTable,
  modules,
  once,
  opened,
  operationOf,
} from "../test/doors.ts";
import { ask } from "../test/requests.ts";
import { rowsOf } from "../test/tables.ts";
import type { Colleague } from "../test/team.ts";

/** Tests the product's promises by running what is declared. A new route, operation or table is found without a list. */

const db = testDatabase();

test("every loader and action of the URL table is a door to an operation", () => {
  expect(doors.length).toBeGreaterThan(100);
  const bare = doors.filter((each) => operationOf(each) === undefined && !isTable(each));
  expect(bare.map(({ method, file }) => `${method} of ${file}`)).toEqual([]);
});

test("every operation has its four steps", () => {
  const lacking = opened.filter((each) => {
    const { validate, authenticate, authorize, execute } = operationOf(each);
    return ![validate, authenticate, authorize, execute].every(Boolean);
  });
  expect(lacking.map(({ file }) => file)).toEqual([]);
});

test("no route has middleware, where a check could hide", () => {
  const hiding = Object.entries(modules).filter(
    ([, { middleware, clientMiddleware }]) => middleware ?? clientMiddleware,
  );
  expect(hiding.map(([file]) => file)).toEqual([]);
});

test("every operation of an organization has a row in the access table that agrees with its permission", () => {
  const wrong = opened.flatMap(({ file, method, door }) => {
    const { authorize } = operationOf({ door });
    if (!isPermission(authorize)) return [];
    const answers = accessTable.find((row) => row.file === file)?.[method];
    if (answers === undefined)
      return [`${method} of ${file} has no row in e2e/<domain>/access.ts or e2e/access-table.ts`];
    const [nobody, outsider, ...insiders] = answers;
    const isRight =
      [302, 401].includes(nobody) &&
      outsider === 404 &&
      roles.every((role, place) => {
        const isShut = insiders[place] === 403;
        return { none: isShut, any: !isShut, own: true }[reachOf(role, authorize)];
      });
    const reaches = roles.map((role) => `${role} ${reachOf(role, authorize)}`).join(", ");
    return isRight ? [] : [`${method} of ${file} says ${answers}, and ${authorize} reaches: ${reaches}`];
  });
  expect(wrong).toEqual([]);
});

const writes = opened.filter(({ method }) => method === "POST");

const losses = {
  demoted: ({ member: id }: Colleague) => db.update(member).set({ role: "admin" }).where(eq(member.id, id)),
  removed: ({ member: id }: Colleague) => db.delete(member).where(eq(member.id, id)),
  "signed out": ({ person }: Colleague) => db.delete(session).where(eq(session.userId, person.id)),
};

const stateOf = (organizationId: string) => rowsOf(db, "organization", organizationId);

for (const each of writes.filter((write) => isPermission(operationOf(write).authorize))) {
  const { file, door } = each;
  test(`a person who was demoted, removed or signed out a moment ago cannot write: POST of ${file}`, async () => {
    for (const [loss, lose] of Object.entries(losses)) {
      const { team, params, form } = await furnished(db);
      const operation = door.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
      let before: Awaited<ReturnType<typeof stateOf>> | undefined;
      const { execute } = operation;
      using interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
        await lose(team.owner);
        before = await stateOf(team.organization.id);
        return execute(grant, input);
      });
      const { services } = await ask(door, {
        ...addressOf(each, params),
        cookie: team.owner.cookie,
        form: form(file),
        headers: { Accept: "application/json" },
      });
      expect(interrupted, "the form of the access table reaches the change").toHaveBeenCalledOnce();
      expect(services.trace.refusal, loss).toBe("right-lost");
      expect(await stateOf(team.organization.id), loss).toEqual(before);
    }
  });
}

const personal = writes.filter((each) => operationOf(each).authorize === "self");

for (const each of personal) {
  const { file, door } = each;
  test(`a person who was signed out a moment ago cannot write: POST of ${file}`, async () => {
    const { team, params, form } = await furnished(db);
    const { person, cookie } = team.owner;
    const operation = door.operation as unknown as { execute(grant: unknown, input: unknown): unknown };
    const { execute } = operation;
    let before: unknown;
    using interrupted = vi.spyOn(operation, "execute").mockImplementation(async (grant, input) => {
      await losses["signed out"](team.owner);
      before = await lifeOf(person.id);
      return execute(grant, input);
    });
    const asked = addressOf(each, params);
    const { status } = await ask(door, { ...asked, cookie, form: form(file), headers: { Accept: "application/json" } });
    expect(interrupted, "the form of the access table reaches the change").toHaveBeenCalledOnce();
    // A check that needs no right may refuse first, such as for an unreadable picture or a wrong code.
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await lifeOf(person.id)).toEqual(before);
  });
}

/** All rows that a change of a person's own could touch, and what they did. Refusals write sessions and attempts as well. */
async function lifeOf(userId: string) {
  const rows = await rowsOf(db, "person", userId, ["session", "verification", "known_device", "failed_attempt"]);
  return { ...rows, done: await db.select().from(auditEntry).where(eq(auditEntry.actorId, userId)) };
}

const fresh = opened.filter((each) => operationOf(each).authenticate === "fresh");

test("operations that matter require a fresh proof", () => {
  expect(fresh.filter(({ method }) => method === "GET").length).toBeGreaterThanOrEqual(17);
  expect(fresh.filter(({ method }) => method === "POST").length).toBeGreaterThanOrEqual(13);
});

test("every operation that can require a fresh proof has a test with a stolen cookie", () => {
  const declared = opened.filter((each) => operationOf(each).authenticate === "stepping-up").map(({ file }) => file);
  expect(declared.sort()).toEqual(Object.keys(guarded).sort());
});

/** One for all tests, since none of them changes it. Its owner proved who they are too long ago. */
const stolenFrom = once(async () => {
  const { team, params, form } = await furnished(db);
  const { person, cookie } = team.owner;
  const provenAt = new Date(Date.now() - 11 * 60_000);
  await db.update(session).set({ provenAt }).where(eq(session.userId, person.id));
  return { params, form, cookie };
});

for (const each of fresh) {
  const { file, method, door } = each;
  test(`a stolen cookie is refused where a fresh proof is required: ${method} of ${file}`, async () => {
    const { params, form, cookie } = await stolenFrom();
    const asked = { ...addressOf(each, params), cookie, ...(method === "POST" && { form: form(file) }) };
    const shown = await ask(door, { ...asked, headers: { Accept: "text/html" } });
    if (method === "GET") {
      expect([shown.status, shown.headers.get("Location")]).toEqual([
        302,
        expect.stringMatching(/^\/confirm\?redirectTo=%2F/),
      ]);
    } else {
      expect([shown.status, shown.body]).toEqual([403, expect.objectContaining({ confirmAt: expect.any(String) })]);
    }
    const answered = await ask(door, { ...asked, headers: { Accept: "application/json" } });
    expect([answered.status, answered.body]).toEqual([403, { error: "confirm" }]);
  });
}
