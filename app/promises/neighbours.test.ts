import { expect, test } from "vitest";
import { passkey } from "../db/schema/factors.ts";
import { account } from "../db/schema/people.ts";
import { anInvitation } from "../test/builders.ts";
import { testDatabase } from "../test/database.ts";
import { addressOf, furnished, isPermission, once, opened, operationOf } from "../test/doors.ts";
import { furnish } from "../test/furnish.ts";
import { ask } from "../test/requests.ts";
import { rowsOf } from "../test/tables.ts";

/** Tests that each write changes what it names, and nothing beside it. */

const db = testDatabase();
const writes = opened.filter(({ method }) => method === "POST");

const changesAll = ["routes/organizations/gallery.empty.ts", "routes/organizations/settings.delete.ts"];

/** Forms that name a thing in the body. In the access table they name one that is unknown, since it sends each form often. */
const naming: Record<string, (things: Record<string, string>) => Record<string, string>> = {
  "routes/organizations/gallery.delete.ts": ({ image = "" }) => ({ image }),
  "routes/organizations/gallery.restore.ts": ({ trashed = "" }) => ({ image: trashed }),
  "routes/organizations/gallery.purge.ts": ({ trashed = "" }) => ({ image: trashed }),
};

const changed: boolean[] = [];

/** Without the log, whose entries are sealed after a response. */
const thingsOf = (organizationId: string) => rowsOf(db, "organization", organizationId, ["audit_entry"]);

/** Somebody else, in an organization of their own with one of everything. */
const stranger = once(async () => {
  const { team } = await furnished(db);
  return { organization: team.organization.id, person: team.owner.person.id };
});

async function strangersRows() {
  const { organization, person } = await stranger();
  return [await thingsOf(organization), await rowsOf(db, "person", person)];
}

for (const each of writes.filter((write) => isPermission(operationOf(write).authorize))) {
  const { file, door } = each;
  test(`a change leaves other things of the organization, and those of other people, as they are: POST of ${file}`, async () => {
    const { team, params, form } = await furnished(db);
    const { id: organizationId } = team.organization;
    const others = await furnish(db, { organizationId, userId: team.owner.person.id });
    const { id: invited } = await anInvitation(db, { organization: team.organization });
    const colleague = await team.join("owner");
    const ids = new Set<unknown>([...Object.values(others), invited, colleague.member]);
    const bystanders = async () =>
      Object.entries(await thingsOf(organizationId)).map(([name, rows]) => [
        name,
        rows.filter(({ id }) => ids.has(id)),
      ]);
    const before = [await bystanders(), await strangersRows()];
    const asked = { ...addressOf(each, params), cookie: team.owner.cookie, form: naming[file]?.(params) ?? form(file) };
    const { status } = await ask(door, { ...asked, headers: { Accept: "application/json" } });
    changed.push(status < 400);
    if (changesAll.includes(file)) before[0] = await bystanders();
    expect([await bystanders(), await strangersRows()]).toEqual(before);
  });
}

test("two thirds of the changes before this test, or more, were not refused", () => {
  expect(changed.filter(Boolean).length).toBeGreaterThanOrEqual((changed.length * 2) / 3);
});

/** A passkey and a provider's account. Returns their ids. */
async function waysIn(userId: string) {
  const ids = { passkey: crypto.randomUUID(), account: crypto.randomUUID() };
  const key = { name: "Phone", credentialId: ids.passkey, publicKey: "AAAA", counter: 0, transports: [] };
  await db.insert(passkey).values({ id: ids.passkey, userId, ...key });
  await db.insert(account).values({ id: ids.account, userId, providerId: "google", accountId: ids.account });
  return ids;
}

for (const each of writes.filter((write) => operationOf(write).authorize === "self")) {
  const { file, door } = each;
  test(`a change of one's own leaves other people, and other ways to sign in, as they are: POST of ${file}`, async () => {
    const { team, params, form } = await furnished(db);
    const { person, cookie } = team.owner;
    const [one, other] = [await waysIn(person.id), await waysIn(person.id)];
    const ids = new Set<unknown>(Object.values(other));
    const bystanders = async () => {
      const own = Object.values(await rowsOf(db, "person", person.id));
      return [own.flatMap((rows) => rows.filter(({ id }) => ids.has(id))), await strangersRows()];
    };
    const before = await bystanders();
    const asked = { ...addressOf(each, { ...params, ...one }), cookie, form: form(file) };
    await ask(door, { ...asked, headers: { Accept: "application/json" } });
    expect(await bystanders()).toEqual(before);
  });
}
