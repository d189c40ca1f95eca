import { env } from "cloudflare:workers";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { indexOf } from "#app/bytes/byte-reader.server.ts";
import { authenticator, backupCode, passkey } from "#app/db/schema/factors.ts";
import { emailChange, session, user } from "#app/db/schema/people.ts";
import { DAY_MS, HOUR_MS } from "#app/durations.server.ts";
import { action as confirmEmail } from "#app/routes/account/confirm-email.ts";
import { action as signUp } from "#app/routes/account/sign-up.ts";
import { action as undoEmail } from "#app/routes/account/undo-email.ts";
import { action as proveAddress } from "#app/routes/account/verify-email.ts";
import { loader as avatarFile } from "#app/routes/files/avatar.ts";
import { action as changeAvatar } from "#app/routes/settings/account.avatar.tsx";
import { action as removeAvatar } from "#app/routes/settings/account.avatar-remove.ts";
import { loader as profileOf, action as rename } from "#app/routes/settings/account.tsx";
import { action as changeEmail } from "#app/routes/settings/email.ts";
import { action as cancelEmail } from "#app/routes/settings/email-cancel.ts";
import { action as renewCodes } from "#app/routes/settings/security.backup-codes.ts";
import { action as changePassword } from "#app/routes/settings/security.password.ts";
import { action as endOthers } from "#app/routes/settings/security.sessions-end-others.ts";
import { aPerson, aSession, type Person } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { linkIn, mailsTo } from "#app/test/mails.ts";
import { aDamagedPicture, aFlood, aPhotograph, aPicture, rowsOf, SECRETS } from "#app/test/pictures.ts";
import { aBrowser, ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";

const db = testDatabase();

async function signedIn(values: Partial<Person> = {}) {
  const person = await aPerson(db, values);
  const cookie = await cookiesOf(await aSession(db, person));
  return { person, cookie, browser: aBrowser(cookie) };
}

type Browser = ReturnType<typeof aBrowser>;

async function rowOf({ id }: Person) {
  const [row] = await db.select().from(user).where(eq(user.id, id));
  if (row === undefined) throw new Error("The person is gone.");
  return row;
}

function anAvatar(file = aPicture({ name: "me.png" })) {
  const form = new FormData();
  form.set("avatar", file);
  return form;
}

const at = "/settings/account";

test("a new name is kept as one line of text, and shown by the next page", async () => {
  const { person, cookie } = await signedIn();
  const { status } = await ask(rename, { url: at, cookie, form: { name: "  Ada\n Lovelace " } });
  expect(status).toBe(303);
  expect((await ask(profileOf, { url: at, cookie })).body).toMatchObject({ name: "Ada Lovelace" });
  expect((await ask(rename, { url: at, cookie, form: { name: "   " } })).status).toBe(400);
  expect((await rowOf(person)).name).toBe("Ada Lovelace");
});

test("the file of a replaced or removed avatar is deleted from storage", async () => {
  const { person, cookie } = await signedIn();
  const files = async () => (await env.FILES.list({ prefix: `people/${person.id}/` })).objects.length;
  for (const name of ["one.png", "two.png"]) {
    await ask(changeAvatar, { url: `${at}/avatar`, cookie, form: anAvatar(aPicture({ name })) });
    expect(await files()).toBe(1);
  }
  await ask(removeAvatar, { url: `${at}/avatar/remove`, cookie, form: {} });
  expect(await files()).toBe(0);
  expect((await rowOf(person)).image).toBeNull();
});

test("an uploaded avatar is converted to a square, upright WebP without location and owner", async () => {
  const { person, cookie } = await signedIn();
  await ask(changeAvatar, { url: `${at}/avatar`, cookie, form: anAvatar(aPhotograph()) });
  const key = `people/${person.id}/avatar/${(await rowOf(person)).image}`;
  const stored = await env.FILES.get(key);
  const bytes = new Uint8Array((await stored?.arrayBuffer()) ?? []);
  expect([stored?.httpMetadata?.contentType, stored?.size]).toEqual(["image/webp", bytes.length]);
  expect(SECRETS.map((secret) => indexOf(bytes, secret))).toEqual([-1, -1]);
  const rows = await rowsOf(bytes);
  expect([rows.length, rows[0]?.length]).toEqual([16, 16 * 3]);
  // Red is on the left in the file, so it is at the top after the rotation.
  expect([rows[1], rows[14]].map((row) => (row?.[24] ?? 0) > (row?.[26] ?? 0))).toEqual([true, false]);
});

test("an avatar that is too large, floods the memory, cannot be read or is no picture is refused at its field", async () => {
  const { person, cookie } = await signedIn();
  for (const [file, status] of [
    [aPicture({ size: 2_000_001 }), 413],
    [aFlood(), 413],
    [aDamagedPicture(), 415],
    [new File(["<svg/>"], "me.svg", { type: "image/svg+xml" }), 415],
  ] as const) {
    const answered = await ask(changeAvatar, { url: `${at}/avatar`, cookie, form: anAvatar(file) });
    expect([answered.status, Object.keys((answered.body as { error: object }).error)]).toEqual([status, ["avatar"]]);
  }
  expect((await env.FILES.list({ prefix: `people/${person.id}/` })).objects).toEqual([]);
});

test("an avatar is seen by the person and by colleagues, and by nobody else", async () => {
  const { owner, plain } = await aTeam(db);
  await ask(changeAvatar, { url: `${at}/avatar`, cookie: owner.cookie, form: anAvatar() });
  const { image } = await rowOf(owner.person);
  const params = { person: owner.person.id, avatar: image ?? "" };
  const asked = async (cookie: string) =>
    (await ask(avatarFile, { url: `/files/people/${params.person}/${params.avatar}`, params, cookie })).status;
  const { cookie: stranger } = await signedIn();
  expect([await asked(owner.cookie), await asked(plain.cookie), await asked(stranger)]).toEqual([200, 200, 404]);
});

async function wish({ browser }: { browser: Browser }, email: string) {
  return browser.ask(changeEmail, { url: `${at}/email`, form: { email } });
}

const anAddress = () => `${crypto.randomUUID()}@person.test`;
const confirmAs = ({ browser }: { browser: Browser }, token: string) =>
  browser.ask(confirmEmail, { url: "/confirm-email", form: { token } });
const undo = (token: string) => ask(undoEmail, { url: "/undo-email", form: { token } });

test("a new address counts once it is confirmed, and its link works once", async () => {
  const ada = await signedIn();
  const email = anAddress();
  await wish(ada, email);
  expect((await rowOf(ada.person)).email).toBe(ada.person.email);
  expect((await ada.browser.ask(profileOf, { url: at })).body).toMatchObject({ newEmail: email });
  const token = await linkIn(db, email, "/confirm-email");
  const followed = [await confirmAs(ada, token), await confirmAs(ada, token), await confirmAs(ada, token)];
  expect(followed.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  expect((await rowOf(ada.person)).email).toBe(email);
  expect(await mailsTo(db, ada.person.email)).toHaveLength(1);
});

test("a newer request, a cancellation and the expiry each close the link of an address change", async () => {
  const ada = await signedIn();
  const [first, second, third] = [anAddress(), anAddress(), anAddress()];
  await wish(ada, first);
  await wish(ada, second);
  expect((await confirmAs(ada, await linkIn(db, first, "/confirm-email"))).status).toBe(410);
  await ada.browser.ask(cancelEmail, { url: `${at}/email/cancel`, form: {} });
  expect((await confirmAs(ada, await linkIn(db, second, "/confirm-email"))).status).toBe(410);
  await wish(ada, third);
  await db.update(emailChange).set({ expiresAt: new Date() }).where(eq(emailChange.newEmail, third));
  expect((await confirmAs(ada, await linkIn(db, third, "/confirm-email"))).status).toBe(410);
  expect((await rowOf(ada.person)).email).toBe(ada.person.email);
});

test("a change to a taken address returns the same in as many trips; only its owner gets a mail, without a link", async () => {
  const [ada, eve] = [await signedIn(), await aPerson(db)];
  const [free, taken] = [await wish(ada, anAddress()), await wish(ada, eve.email)];
  expect([taken.status, taken.services.trace.trips]).toEqual([free.status, free.services.trace.trips]);
  const [mail, ...more] = await mailsTo(db, eve.email);
  expect([more, mail?.text]).toEqual([[], expect.not.stringContaining("/confirm-email")]);
  expect(await mailsTo(db, ada.person.email)).toEqual([]);
  // An address that is taken between request and confirmation is refused at the confirmation.
  const late = anAddress();
  await wish(ada, late);
  await aPerson(db, { email: late });
  expect((await confirmAs(ada, await linkIn(db, late, "/confirm-email"))).status).toBe(410);
});

test("a new password and ending all other sessions both close the link of a pending address change", async () => {
  for (const close of [
    (browser: Browser) =>
      browser.ask(changePassword, { url: "/settings/security/password", form: { password: "a fine long password" } }),
    (browser: Browser) => browser.ask(endOthers, { url: "/settings/security/sessions/end-others", form: {} }),
  ]) {
    const ada = await signedIn();
    const email = anAddress();
    await wish(ada, email);
    expect((await close(ada.browser)).status).toBe(303);
    expect((await confirmAs(ada, await linkIn(db, email, "/confirm-email"))).status).toBe(410);
  }
});

test("the original address can undo a thief's two address changes, and the thief's passkey is removed", async () => {
  const ada = await signedIn();
  const { id: userId, email: own } = ada.person;
  const kept = { userId, name: "Thief", credentialId: userId, publicKey: "AAAA", counter: 0, transports: [] };
  await db.insert(passkey).values({ id: crypto.randomUUID(), ...kept });
  const [first, second] = [anAddress(), anAddress()];
  for (const email of [first, second]) {
    await wish(ada, email);
    await confirmAs(ada, await linkIn(db, email, "/confirm-email"));
  }
  expect((await undo(await linkIn(db, first, "/undo-email"))).status).toBe(303);
  expect((await rowOf(ada.person)).email).toBe(first);
  expect((await undo(await linkIn(db, own, "/undo-email"))).status).toBe(303);
  expect((await rowOf(ada.person)).email).toBe(own);
  expect(await db.$count(passkey, eq(passkey.userId, userId))).toBe(0);
});

test("backup codes that were renewed at the time of a theft are deleted with the undo, and older ones stay", async () => {
  const long = new Date(Date.now() - 10 * DAY_MS);
  for (const isRenewed of [true, false]) {
    const { person } = await signedIn();
    const [userId, url] = [person.id, "/settings/security/backup-codes"];
    await db.insert(authenticator).values({ id: crypto.randomUUID(), userId, createdAt: long });
    await db.insert(backupCode).values({ userId, codeHash: "the owner's" });
    const browser = aBrowser(await cookiesOf(await aSession(db, person, { factors: 2 })));
    if (isRenewed) expect((await browser.ask(renewCodes, { url, form: {} })).status).toBe(200);
    const email = anAddress();
    await wish({ browser }, email);
    await confirmAs({ browser }, await linkIn(db, email, "/confirm-email"));
    expect((await undo(await linkIn(db, person.email, "/undo-email"))).status).toBe(303);
    expect(await db.$count(authenticator, eq(authenticator.userId, userId))).toBe(1);
    expect(await db.$count(backupCode, eq(backupCode.userId, userId))).toBe(isRenewed ? 0 : 1);
  }
});

test("an undo leaves no backup codes of an app that it removes", async () => {
  const ada = await signedIn();
  const { id: userId, email: own } = ada.person;
  const email = anAddress();
  await wish(ada, email);
  await confirmAs(ada, await linkIn(db, email, "/confirm-email"));
  await db.insert(authenticator).values({ id: crypto.randomUUID(), userId });
  await db.insert(backupCode).values({ userId, codeHash: "the thief's" });
  expect((await undo(await linkIn(db, own, "/undo-email"))).status).toBe(303);
  expect(await db.$count(authenticator, eq(authenticator.userId, userId))).toBe(0);
  expect(await db.$count(backupCode, eq(backupCode.userId, userId))).toBe(0);
});

test("nobody else can take an old address while the change can still be undone", async () => {
  const [ada, eve] = [await signedIn(), await signedIn()];
  const email = anAddress();
  await wish(ada, email);
  await confirmAs(ada, await linkIn(db, email, "/confirm-email"));
  const { email: held } = ada.person;
  await wish(eve, held);
  expect((await confirmAs(eve, await linkIn(db, held, "/confirm-email"))).status).toBe(410);
  const form = { name: "Ada", email: held, password: "a fine long password", redirectTo: "/" };
  const browser = aBrowser();
  await browser.ask(signUp, { url: "/signup", form, headers: { "cf-connecting-ip": crypto.randomUUID() } });
  const token = await linkIn(db, held, "/verify-email");
  const proved = await browser.ask(proveAddress, { url: "/verify-email", form: { token } });
  expect(proved.status).toBe(410);
  expect((await undo(await linkIn(db, held, "/undo-email"))).status).toBe(303);
});

test("an old address is free for others once the change can no longer be undone", async () => {
  const [ada, eve] = [await signedIn(), await signedIn()];
  const email = anAddress();
  await wish(ada, email);
  await confirmAs(ada, await linkIn(db, email, "/confirm-email"));
  await db
    .update(emailChange)
    .set({ undoUntil: new Date(Date.now() - 1) })
    .where(eq(emailChange.newEmail, email));
  await wish(eve, ada.person.email);
  expect((await confirmAs(eve, await linkIn(db, ada.person.email, "/confirm-email"))).status).toBe(200);
  expect((await rowOf(eve.person)).email).toBe(ada.person.email);
});

test("the old address takes a change back for 72 hours: every session ends, and the address is the old one", async () => {
  const ada = await signedIn();
  const email = anAddress();
  await wish(ada, email);
  await confirmAs(ada, await linkIn(db, email, "/confirm-email"));
  const token = await linkIn(db, ada.person.email, "/undo-email");
  await db.update(emailChange).set({ undoUntil: new Date() }).where(eq(emailChange.newEmail, email));
  expect((await undo(token)).status).toBe(410);
  const later = new Date(Date.now() + 71 * HOUR_MS);
  await db.update(emailChange).set({ undoUntil: later }).where(eq(emailChange.newEmail, email));
  const undone = await undo(token);
  expect([undone.status, undone.headers.get("Location")?.split("?")[0]]).toEqual([303, "/forgot-password"]);
  expect((await rowOf(ada.person)).email).toBe(ada.person.email);
  expect(await db.$count(session, eq(session.userId, ada.person.id))).toBe(0);
  expect((await undo(token)).status).toBe(410);
  const [log] = await db.all<{ actions: string }>(
    sql`select group_concat(action) as actions from audit_entry where actor_id = ${ada.person.id} and action like 'email.%'`,
  );
  expect(log?.actions).toBe("email.changed,email.change-undone");
});
