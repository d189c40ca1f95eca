import { eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { mailboxMessage } from "#app/db/schema/mail.ts";
import { action as clear } from "#app/routes/development/mailbox.clear.ts";
import { loader as mailbox } from "#app/routes/development/mailbox.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask } from "#app/test/requests.ts";
import type { MailboxFound } from "./mailbox.server.ts";

const db = testDatabase();

async function aMail({ recipient = `${crypto.randomUUID()}@person.test`, subject = "Hello" } = {}) {
  const id = crypto.randomUUID();
  await db.insert(mailboxMessage).values({ id, recipient, subject, text: `Text of ${subject}`, html: "<p>Hello</p>" });
  return { id, recipient };
}

async function found(search: Record<string, string>) {
  const { status, body, services } = await ask(mailbox, { url: `/dev/mailbox?${new URLSearchParams(search)}` });
  expect({ status, trips: services.trace.trips }).toEqual({ status: 200, trips: 1 });
  return body as MailboxFound;
}

type Door = Parameters<typeof ask>[0];
const routes = import.meta.glob<{ loader: Door; action?: Door }>("../routes/development/*.ts", { eager: true });

test("in production every development page is 404, and no mail can be deleted", async () => {
  const { id } = await aMail();
  const variables = { APP_ENV: "production" };
  const params = { message: id, template: "invitation" };
  expect(Object.keys(routes).length).toBeGreaterThanOrEqual(5);
  for (const [file, { loader, action }] of Object.entries(routes)) {
    if (action !== undefined) {
      const form = { search: "" };
      expect((await ask(action, { url: "/dev", params, variables, form })).status, file).toBe(404);
    } else {
      expect((await ask(loader, { url: "/dev", params })).status, file).toBe(200);
      expect((await ask(loader, { url: "/dev", params, variables })).status, file).toBe(404);
    }
  }
  expect(await db.$count(mailboxMessage, eq(mailboxMessage.id, id))).toBe(1);
});

test("mails are found by a part of their recipient or subject, without wildcards", async () => {
  const mark = crypto.randomUUID();
  const ada = await aMail({ recipient: `Ada.${mark}@person.test` });
  const bo = await aMail({ subject: `100% of ${mark}` });
  const ids = async (search: string) => (await found({ search })).messages.map(({ id }) => id);
  expect((await ids(mark)).sort()).toEqual([ada.id, bo.id].sort());
  expect(await ids(`ADA.${mark.toUpperCase()}`)).toEqual([ada.id]);
  expect(await ids(`100% of ${mark}`)).toEqual([bo.id]);
  expect(await ids(`100_ of ${mark}`)).toEqual([]);
});

test("the newest mail found is open unless another is chosen, and for a missing one none is", async () => {
  const { recipient, id: first } = await aMail({ subject: "First" });
  await db
    .update(mailboxMessage)
    .set({ createdAt: new Date(0) })
    .where(eq(mailboxMessage.id, first));
  await aMail({ recipient, subject: "Second" });
  expect((await found({ search: recipient })).open).toMatchObject({ subject: "Second", text: "Text of Second" });
  expect((await found({ search: recipient, mail: first })).open).toMatchObject({ subject: "First" });
  expect((await found({ search: recipient, mail: "gone" })).open).toBeNull();
});

test("the mailbox lists a hundred mails and counts all of them", async () => {
  const mark = crypto.randomUUID();
  const rows = Array.from({ length: 101 }, (_, index) => ({ id: `${mark}-${index}`, recipient: mark }));
  await db.insert(mailboxMessage).values(rows.map((row) => ({ ...row, subject: "Hello", text: "", html: "" })));
  const { messages, total } = await found({ search: mark });
  expect([messages.length, total]).toEqual([100, 101]);
});

test("clearing deletes the mails that the search finds, also twice, and needs the search field", async () => {
  const mark = crypto.randomUUID();
  await aMail({ subject: `One ${mark}` });
  await aMail({ subject: `Two ${mark}` });
  const left = () => db.$count(mailboxMessage, like(mailboxMessage.subject, `%${mark}`));
  const cleared = async (form: Record<string, string>) =>
    (await ask(clear, { url: "/dev/mailbox/clear", form })).status;
  expect([await cleared({}), await left()]).toEqual([400, 2]);
  expect([await cleared({ search: `one ${mark}` }), await left()]).toEqual([303, 1]);
  expect([await cleared({ search: `one ${mark}` }), await left()]).toEqual([303, 1]);
  expect([await cleared({ search: "" }), await left()]).toEqual([303, 0]);
});
