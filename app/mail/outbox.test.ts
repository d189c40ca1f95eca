import { and, eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Database } from "#app/db/client.server.ts";
import { mail, mailboxMessage } from "#app/db/schema/mail.ts";
import { locales } from "#app/i18n/locale.ts";
import { PRODUCT_NAME } from "#app/product.ts";
import { aPerson } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { tokenFor } from "#app/tokens.server.ts";
import { MAIL_ATTEMPTS, UNASKED_MAILS_PER_DAY } from "./limits.ts";
import { type MailTransport, MailTransportError, type OutgoingMail } from "./mail.ts";
import { createMailboxTransport } from "./mailbox.server.ts";
import { type Delivery, deliverDueMail, forgetOldMail, mailStatement, type NewMail } from "./outbox.server.ts";
import type { MailTemplate } from "./templates.ts";

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 12);
const url = "https://app.test/verify-email?token=secret-token";

const deliver = (delivery: Pick<Delivery, "db" | "transport" | "now"> & Partial<Delivery>) =>
  deliverDueMail({
    languages: locales,
    ...{ appUrl: "https://app.test", tokenFor: (name) => tokenFor("a secret", name), first: "oldest" },
    ...delivery,
  });

test("a mail is sent once, in the recipient's language, and its link is not kept in the outbox", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const id = await aMail(db, { locale: "ar" });
  await deliver({ db, transport: createMailboxTransport(db), now: new Date(start) });
  await deliver({ db, transport: createMailboxTransport(db), now: new Date(start + 999 * MINUTE) });

  const [message] = await db.select().from(mailboxMessage).where(eq(mailboxMessage.id, id));
  expect(message).toMatchObject({ recipient: "ada@person.test", subject: `أكّد بريدك الإلكتروني في ${PRODUCT_NAME}` });
  expect(message?.text).toContain(`\n${url}\n`);
  expect(await rowOf(db, id)).toMatchObject({ status: "sent", attempts: 1, data: "{}", sentAt: new Date(start) });
});

test("a mail in a language that is no longer offered is sent in one that is", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const id = await aMail(db, { locale: "ar" });
  await deliver({ db, transport: createMailboxTransport(db), now: new Date(start), languages: ["fr"] });
  const [message] = await db.select().from(mailboxMessage).where(eq(mailboxMessage.id, id));
  expect(message?.subject).toBe(`Confirmez votre adresse e-mail pour ${PRODUCT_NAME}`);
});

test("a time in a mail uses and names the zone that its reader chose, or else that of their browser", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const { transport, sent } = aRecordingTransport();
  const zones = [
    { timeZone: "Asia/Kathmandu", browserTimeZone: "Asia/Tokyo" },
    { browserTimeZone: "America/New_York" },
    { browserTimeZone: "Mars/Olympus" },
    {},
  ];
  for (const zone of zones) {
    const { email } = await aPerson(db, zone);
    const data = { userAgent: "", ipAddress: "203.0.113.7", at: start };
    await mailStatement(db, { id: crypto.randomUUID(), recipient: email, locale: "en", template: "new-device", data });
  }
  await deliver({ db, transport, now: new Date(start) });
  const times = sent.map(({ text }) => /Time: (.*)/.exec(text)?.[1]);
  expect(times.sort()).toEqual([
    ...Array(2).fill("Nov 23, 2026, 12:00 PM UTC"),
    "Nov 23, 2026, 5:45 PM GMT+5:45",
    "Nov 23, 2026, 7:00 AM EST",
  ]);
});

test("only an optional mail to an account has an unsubscribe link, in both parts and headers (RFC 8058)", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const { transport, sent } = aRecordingTransport();
  const { id: person, email } = await aPerson(db);
  const common = { recipient: email, locale: "en" } as const;
  const role = { organization: "Acme", role: "admin", url } as const;
  await mailStatement(db, { ...common, id: "optional", template: "role-changed", data: role });
  await mailStatement(db, { ...common, id: "needed", template: "verify-email", data: { url, minutes: 30 } });
  const nobody = { ...common, recipient: "nobody@person.test" };
  await mailStatement(db, { ...nobody, id: "without an account", template: "role-changed", data: role });
  await deliver({ db, transport, now: new Date(start) });
  const mailOf = (id: string) => sent.find((each) => each.id === id);
  const offUrl = `https://app.test/unsubscribe/${person}/role-changed/${tokenFor("a secret", `unsubscribe:${person}:role-changed`)}`;
  expect(mailOf("optional")?.headers).toEqual({
    "List-Unsubscribe": `<${offUrl}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  });
  expect(mailOf("optional")?.text).toContain(`\n${offUrl}\n`);
  expect(mailOf("optional")?.html).toContain(`href="${offUrl}"`);
  for (const id of ["needed", "without an account"]) {
    expect(mailOf(id)?.headers).toEqual({});
    expect(mailOf(id)?.text).not.toContain("/unsubscribe/");
  }
});

test("a mail whose condition does not hold is not written", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  await db.batch([
    draft(db, { id: "told", when: sql`exists (select 1)` }),
    draft(db, { id: "untold", when: sql`not exists (select 1)` }),
  ]);
  expect(await db.select({ id: mail.id }).from(mail)).toEqual([{ id: "told" }]);
});

test("20 deliveries at the same time send each mail once", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const ids = await Promise.all(Array.from({ length: 60 }, () => aMail(db)));
  const { transport, sent } = aRecordingTransport();
  await Promise.all(Array.from({ length: 20 }, () => deliver({ db, transport, now: new Date(start), limit: 5 })));
  expect(sent.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test("a newly requested mail is sent before a hundred older ones, the schedule sends the oldest first", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const ids = await Promise.all(Array.from({ length: 100 }, () => aMail(db)));
  await db.update(mail).set({ createdAt: new Date(start - MINUTE) });
  await db
    .update(mail)
    .set({ createdAt: new Date(start - 2 * MINUTE) })
    .where(eq(mail.id, ids[99] ?? ""));
  const own = await aMail(db);
  await db
    .update(mail)
    .set({ createdAt: new Date(start) })
    .where(eq(mail.id, own));
  const { transport, sent } = aRecordingTransport();
  await deliver({ db, transport, now: new Date(start), limit: 1, first: "newest" });
  await deliver({ db, transport, now: new Date(start), limit: 1, first: "oldest" });
  expect(sent.map(({ id }) => id)).toEqual([own, ids[99]]);
});

test("an outage loses no mail: each pause is longer, and the sixth failure gives up visibly", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  const failed = vi.spyOn(console, "error").mockReturnValue();
  const id = await aMail(db);
  const { transport, attempts } = aBrokenTransport(
    new MailTransportError("Resend responded with 503 without a reason"),
  );

  let now = start;
  for (const [index, minutes] of [1, 5, 30, 120, 720].entries()) {
    await deliver({ db, transport, now: new Date(now) });
    await deliver({ db, transport, now: new Date(now + minutes * MINUTE - 1) });
    expect(attempts()).toBe(index + 1);
    expect(await rowOf(db, id)).toMatchObject({ status: "waiting", data: JSON.stringify({ url, minutes: 30 }) });
    now += minutes * MINUTE;
  }
  await deliver({ db, transport, now: new Date(now) });
  await deliver({ db, transport, now: new Date(now + 9999 * MINUTE) });

  expect(attempts()).toBe(6);
  const lastError = "Resend responded with 503 without a reason";
  expect(await rowOf(db, id)).toMatchObject({ status: "given-up", attempts: 6, lastError, data: "{}" });
  expect(warned).toHaveBeenCalledTimes(5);
  expect(failed).toHaveBeenCalledTimes(1);
  failed.mockClear();
});

test("a mail that failed is sent by the next attempt", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  vi.spyOn(console, "warn").mockReturnValue();
  const id = await aMail(db);
  await deliver({ db, transport: aBrokenTransport(new Error("down")).transport, now: new Date(start) });
  const { transport, sent } = aRecordingTransport();
  await deliver({ db, transport, now: new Date(start + MINUTE) });
  expect(sent).toHaveLength(1);
  expect(await rowOf(db, id)).toMatchObject({ status: "sent", attempts: 2, lastError: null, data: "{}" });
});

test("the stored and the logged error of a failed mail have neither the address nor the link", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  const id = await aMail(db);
  const unplanned = new TypeError(`cannot send ${url} to ada@person.test`);
  await deliver({ db, transport: aBrokenTransport(unplanned).transport, now: new Date(start) });
  expect((await rowOf(db, id))?.lastError).toBe("TypeError");
  expect(JSON.stringify(warned.mock.calls)).not.toMatch(/secret-token|person\.test/);
});

test("a mail whose last attempt died midway is given up, not tried for ever", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const id = await aMail(db);
  await db.update(mail).set({ attempts: MAIL_ATTEMPTS, nextAttemptAt: new Date(start) });
  const { transport, sent } = aRecordingTransport();
  await deliver({ db, transport, now: new Date(start) });
  expect(sent).toEqual([]);
  expect(await rowOf(db, id)).toMatchObject({ status: "given-up", data: "{}" });
});

test("a mail that its last attempt has sent stays sent", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const id = await aMail(db);
  await db.update(mail).set({ attempts: MAIL_ATTEMPTS, nextAttemptAt: new Date(start), status: "sent" });
  await deliver({ db, transport: aRecordingTransport().transport, now: new Date(start) });
  expect(await rowOf(db, id)).toMatchObject({ status: "sent" });
});

test("an attempt that fails after a later one has sent the mail changes nothing", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  vi.spyOn(console, "warn").mockReturnValue();
  const id = await aMail(db);
  const { transport, sent } = aRecordingTransport();
  const late: MailTransport = {
    async send() {
      await deliver({ db, transport, now: new Date(start + MINUTE) });
      throw new Error("down");
    },
  };
  await deliver({ db, transport: late, now: new Date(start) });
  expect(sent).toHaveLength(1);
  expect(await rowOf(db, id)).toMatchObject({ status: "sent", attempts: 2, lastError: null });
});

test("a mail is forgotten after thirty days, unless it still waits", async () => {
  await using outbox = await anOutbox();
  const { db } = outbox;
  const old = new Date(start - 30 * 24 * 60 * MINUTE - 1);
  const [ended, waits, young] = [await aMail(db), await aMail(db), await aMail(db)];
  await db.update(mail).set({ createdAt: old, status: "sent" });
  await db.update(mail).set({ status: "waiting" }).where(eq(mail.id, waits));
  await db
    .update(mail)
    .set({ createdAt: new Date(old.getTime() + 1) })
    .where(eq(mail.id, young));
  await forgetOldMail({ db, now: new Date(start) });
  expect(await Promise.all([ended, waits, young].map((id) => rowOf(db, id)))).toMatchObject([
    undefined,
    { id: waits },
    { id: young },
  ]);
});

test("mails that others cause are limited to ten a day per group, and security-changed mails are not", async () => {
  const db = testDatabase();
  const recipient = `${crypto.randomUUID()}@person.test`;
  const organization = "Acme";
  const key = { organization, key: "Import", by: "Ada", url };
  const send = async (each: Pick<NewMail<MailTemplate>, "template" | "data">) => {
    const mails = Array.from({ length: UNASKED_MAILS_PER_DAY + 2 }, () =>
      mailStatement(db, { id: crypto.randomUUID(), recipient, locale: "en", ...each }),
    );
    for (const each of mails) await each;
    return db.$count(mail, and(eq(mail.recipient, recipient), eq(mail.template, each.template)));
  };
  const ten = UNASKED_MAILS_PER_DAY;
  expect(await send({ template: "verify-email", data: { url, minutes: 30 } })).toBe(ten);
  expect(await send({ template: "reset-password", data: { url, minutes: 30 } }), "the limit is shared").toBe(0);
  expect(await send({ template: "webhook-disabled", data: { organization, webhook: "Stock", days: null, url } })).toBe(
    ten,
  );
  expect(await send({ template: "key-created", data: { ...key, formerHours: null } })).toBe(ten);
  expect(await send({ template: "key-maker-left", data: { organization, keys: "Import", maker: "Ada", url } })).toBe(
    ten,
  );
  const left = { organization, webhooks: "Stock", maker: "Ada", url };
  expect(await send({ template: "webhook-maker-left", data: left }), "the limit is shared").toBe(0);
  expect(
    await send({ template: "security-changed", data: { change: "passkey-added", url } }),
    "it is always sent",
  ).toBe(ten + 2);
});

function draft(db: Database, values: { id: string; locale?: "en" | "ar"; when?: ReturnType<typeof sql> }) {
  const data = { url, minutes: 30 };
  return mailStatement(db, { recipient: "ada@person.test", locale: "en", template: "verify-email", data, ...values });
}

async function aMail(db: Database, values: { locale?: "en" | "ar" } = {}): Promise<string> {
  const id = crypto.randomUUID();
  await draft(db, { id, ...values });
  return id;
}

async function rowOf(db: Database, id: string) {
  const [row] = await db.select().from(mail).where(eq(mail.id, id));
  // As text, because `{}` in `toMatchObject` matches any object.
  return row && { ...row, data: JSON.stringify(row.data) };
}

function aRecordingTransport() {
  const sent: OutgoingMail[] = [];
  const transport: MailTransport = {
    async send(outgoing) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      sent.push(outgoing);
    },
  };
  return { transport, sent };
}

function aBrokenTransport(error: Error) {
  let count = 0;
  const transport: MailTransport = {
    async send() {
      count += 1;
      throw error;
    },
  };
  return { transport, attempts: () => count };
}

/** The shared database with an outbox of this test's own, because a delivery takes everything that is due. */
async function anOutbox() {
  const shared = testDatabase();
  const name = `mail_${crypto.randomUUID().replaceAll("-", "")}`;
  const [table] = await shared.all<{ sql: string }>(sql`select sql from sqlite_master where name = 'mail'`);
  await shared.run(sql.raw((table?.sql ?? "").replaceAll(/[`"]mail[`"]/g, `"${name}"`)));
  const db = testDatabase({
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.method !== "POST") return fetch(request);
      return fetch(new Request(request, { body: (await request.text()).replaceAll('\\"mail\\"', `\\"${name}\\"`) }));
    },
  });
  return {
    db,
    async [Symbol.asyncDispose]() {
      await shared.run(sql.raw(`drop table "${name}"`));
    },
  };
}
