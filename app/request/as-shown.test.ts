import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEntry } from "#app/db/schema/audit.ts";
import { organization } from "#app/db/schema/organizations.ts";
import { webhookEndpoint } from "#app/db/schema/webhooks.ts";
import { m } from "#app/i18n/messages.ts";
import { action as move } from "#app/routes/organizations/settings.slug.tsx";
import { action as rename } from "#app/routes/organizations/settings.tsx";
import { action as edit } from "#app/routes/organizations/webhooks.edit.ts";
import { testDatabase } from "#app/test/database.ts";
import { doneIn } from "#app/test/entries.ts";
import { anEndpoint, aReceiver } from "#app/test/receivers.ts";
import { ask } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { markOf } from "#app/ui/shown-fields.ts";
import type { FormAgain } from "#app/ui/use-form.ts";

const db = testDatabase();

/** Two people have the same form open, filled with the same values. */
async function anEditedName() {
  const team = await aTeam(db, { name: "As it was" });
  const other = await team.join("owner");
  const { id } = team.organization;
  const save = async (name: string, asShown: string | undefined, by = team.owner) => {
    const form = { name, ...(asShown !== undefined && { asShown }) };
    const { status, body } = await ask(rename, { ...team.at("settings"), cookie: by.cookie, form });
    return { status, again: body as FormAgain };
  };
  return {
    other,
    save,
    filled: markOf({ name: "As it was" }),
    entries: () => db.$count(auditEntry, doneIn(team.organization)),
    now: async () => {
      const [row] = await db.select({ name: organization.name }).from(organization).where(eq(organization.id, id));
      return row?.name;
    },
  };
}

test("a form does not overwrite what another person saved meanwhile until its sender confirms", async () => {
  const { other, save, filled, now, entries } = await anEditedName();
  expect((await save("By the other", filled, other)).status).toBe(303);
  const { status, again } = await save("By the owner", filled);
  expect(status).toBe(409);
  const asShown = markOf({ name: "By the other" });
  expect(again).toMatchObject({
    initialValue: { name: "By the owner", asShown },
    error: { "": [m.refusals_changed_meanwhile()] },
  });
  expect([await now(), await entries()]).toEqual(["By the other", 1]);
  expect((await save("By the owner", again.initialValue?.asShown)).status).toBe(303);
  expect(await now()).toBe("By the owner");
});

test("a form that is sent twice, or repeats what is saved already, succeeds and writes one entry", async () => {
  const { other, save, filled, now, entries } = await anEditedName();
  for (const name of ["Mine", "  Mine "]) expect((await save(name, filled)).status).toBe(303);
  expect((await save("Mine", filled, other)).status).toBe(303);
  expect([await now(), await entries()]).toEqual(["Mine", 1]);
});

test("an invalid form keeps its mark of what it showed, and a form with an unreadable mark gets 409", async () => {
  const { save, filled, now } = await anEditedName();
  const { status, again } = await save("", filled);
  expect([status, again.initialValue?.asShown]).toEqual([400, filled]);
  for (const odd of ["", "{", "null", markOf({ name: "as it was" }), "x".repeat(5_000)])
    expect((await save("Another", odd)).status, odd).toBe(409);
  expect(await now()).toBe("As it was");
  expect((await save("Another", undefined)).status).toBe(303);
});

test("of twenty parallel saves of a form that showed the same, one succeeds and the others get 409", async () => {
  const { save, filled, now, entries } = await anEditedName();
  const saved = await Promise.all(Array.from({ length: 20 }, (_, place) => save(`Name ${place}`, filled)));
  expect(saved.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(saved.filter(({ status }) => status === 409)).toHaveLength(19);
  expect([await now(), await entries()]).toEqual([`Name ${saved.findIndex(({ status }) => status === 303)}`, 1]);
  const asShown = markOf({ name: (await now()) ?? "" });
  for (const { again } of saved.filter(({ status }) => status === 409))
    expect(again.initialValue).toMatchObject({ asShown });
});

test("twenty parallel saves of the same value all succeed and write one entry", async () => {
  const { save, filled, now, entries } = await anEditedName();
  const saved = await Promise.all(Array.from({ length: 20 }, () => save("The same", filled)));
  expect(saved.map(({ status }) => status)).toEqual(Array(20).fill(303));
  expect([await now(), await entries()]).toEqual(["The same", 1]);
});

test("a form with checkboxes compares all of its own fields, and no other columns", async () => {
  const team = await aTeam(db);
  const { url } = aReceiver();
  const { id } = await anEndpoint(db, { organizationId: team.organization.id, url, events: ["member.left"] });
  const isIt = eq(webhookEndpoint.id, id);
  const at = { ...team.at(`webhooks/${id}/edit`, { webhook: id }), cookie: team.owner.cookie };
  const asShown = markOf({ url, description: "", events: ["member.left"] });
  const save = async (description: string) =>
    (await ask(edit, { ...at, form: { url, description, events: "member.left", asShown } })).status;
  await db.update(webhookEndpoint).set({ disabledAt: new Date(), disabledBecause: "person" }).where(isIt);
  expect(await save("Once")).toBe(303);
  await db
    .update(webhookEndpoint)
    .set({ description: "", events: ["member.left", "member.removed"] })
    .where(isIt);
  expect(await save("Twice")).toBe(409);
  await db
    .update(webhookEndpoint)
    .set({ events: ["member.left"], seesAddresses: true })
    .where(isIt);
  expect(await save("Twice")).toBe(409);
});

test("a form does not overwrite a slug that another person changed meanwhile until its sender confirms", async () => {
  const team = await aTeam(db);
  const other = await team.join("owner");
  const { slug, id } = team.organization;
  const save = async (wanted: string, asShown: string | undefined, { cookie } = team.owner) => {
    const { status, body } = await ask(move, {
      ...team.at("settings/slug"),
      cookie,
      form: { slug: wanted, ...(asShown !== undefined && { asShown }) },
    });
    return { status, again: body as FormAgain };
  };
  const now = async () => (await db.select().from(organization).where(eq(organization.id, id)))[0]?.slug;
  const [theirs, mine] = [crypto.randomUUID(), crypto.randomUUID()];
  const filled = markOf({ slug });
  expect((await save(theirs, filled, other)).status).toBe(303);
  const { status, again } = await save(mine, filled);
  expect(status).toBe(409);
  const asShown = markOf({ slug: theirs });
  expect(again).toMatchObject({ initialValue: { slug: mine, asShown } });
  expect(await now()).toBe(theirs);
  expect((await save(mine, asShown)).status).toBe(303);
  expect(await now()).toBe(mine);
});
