import { and, eq, like } from "drizzle-orm";
import { expect, test } from "vitest";
import { mail } from "#app/db/schema/mail.ts";
import { invitation } from "#app/db/schema/organizations.ts";
import { emailChange, signUp, user } from "#app/db/schema/people.ts";
import { action as forgotPassword } from "#app/routes/account/forgot-password.ts";
import { action as signIn } from "#app/routes/account/sign-in.ts";
import { action as requestSignUp } from "#app/routes/account/sign-up.ts";
import { action as invite } from "#app/routes/organizations/invitations.ts";
import { action as deleteAccount } from "#app/routes/settings/delete.ts";
import { action as changeEmail } from "#app/routes/settings/email.ts";
import { aPerson, aSession, withPassword } from "#app/test/builders.ts";
import { testDatabase } from "#app/test/database.ts";
import { ask, cookiesOf } from "#app/test/requests.ts";
import { aTeam } from "#app/test/team.ts";
import { FORGOT_PASSWORDS_PER_MINUTE } from "./limits.ts";

const db = testDatabase();
const password = "a fine long password";

/** A unique address, in the form that is stored and in spellings that people use. */
function anAddress() {
  const local = `ann&co/${crypto.randomUUID().slice(0, 8)}`;
  return {
    kept: `${local}@xn--e1afmkfd.xn--p1ai`,
    spellings: [
      `${local.toUpperCase()}@Пример.РФ`,
      `Ann <${local}@пример.рф>`,
      `${local}＠XN--E1AFMKFD.xn--p1ai\u200b.`,
    ],
  };
}

const headers = () => ({ "cf-connecting-ip": crypto.randomUUID() });

async function aKnown(email: string) {
  const person = await withPassword(db, await aPerson(db, { email }), password);
  return { person, cookie: await cookiesOf(await aSession(db, person)) };
}

const mailsTo = (email: string) => db.select().from(mail).where(eq(mail.recipient, email));

test("all spellings of an address at sign-up are stored and mailed in one form", async () => {
  const { kept, spellings } = anAddress();
  for (const email of spellings) {
    const form = { name: "Ann", email, password, redirectTo: "/" };
    expect((await ask(requestSignUp, { url: "/signup", form, headers: headers() })).status).toBe(200);
  }
  // All spellings are the same address, so each link replaces the one before.
  expect(await db.$count(signUp, eq(signUp.email, kept))).toBe(1);
  expect((await mailsTo(kept)).map(({ template }) => template)).toEqual(spellings.map(() => "verify-email"));
});

test("an account is found by every spelling of its address: to sign up again, sign in, or set a new password", async () => {
  const { kept, spellings } = anAddress();
  await aKnown(kept);
  for (const email of spellings) {
    const asked = (redirectTo: string) => ({ form: { name: "Ann", email, password, redirectTo }, headers: headers() });
    expect((await ask(requestSignUp, { url: "/signup", ...asked("/") })).status).toBe(200);
    const { status } = await ask(signIn, { url: "/login", ...asked("/organizations") });
    expect(status, email).toBe(303);
    await ask(forgotPassword, { url: "/forgot-password", form: { email }, headers: headers() });
  }
  const templates = (await mailsTo(kept)).map(({ template }) => template);
  expect(templates.filter((template) => template === "sign-up-attempt")).toHaveLength(spellings.length);
  expect(templates.filter((template) => template === "reset-password")).toHaveLength(spellings.length);
  expect(await db.$count(user, like(user.email, `%${kept.split("@")[0]}%`))).toBe(1);
});

test("the limit of an address counts all of its spellings", async () => {
  const { kept, spellings } = anAddress();
  const asked = async (email: string) =>
    (await ask(forgotPassword, { url: "/forgot-password", form: { email }, headers: headers() })).status;
  const statuses = [];
  for (const email of [...spellings, kept]) statuses.push(await asked(email));
  expect([spellings.length, statuses]).toEqual([FORGOT_PASSWORDS_PER_MINUTE, [200, 200, 200, 429]]);
});

test("all spellings of an address get one pending invitation, and a member's address gets none", async () => {
  const team = await aTeam(db);
  const { kept, spellings } = anAddress();
  const send = (email: string) =>
    ask(invite, { ...team.at("invitations"), cookie: team.owner.cookie, form: { email, role: "member" } });
  const statuses = (await Promise.all(spellings.map(send))).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([303, 409, 409]);
  const pending = and(eq(invitation.email, kept), eq(invitation.status, "pending"));
  expect(await db.$count(invitation, pending)).toBe(1);

  const other = anAddress();
  await team.join("member", await aPerson(db, { email: other.kept }));
  for (const email of other.spellings) expect((await send(email)).status).toBe(409);
});

test("a new address is stored in its one form, and any spelling confirms the deletion of the account", async () => {
  const { kept, spellings } = anAddress();
  const next = anAddress();
  const { person, cookie } = await aKnown(kept);
  await ask(changeEmail, { url: "/settings/account/email", cookie, form: { email: next.spellings[1] ?? "" } });
  const [wish] = await db.select().from(emailChange).where(eq(emailChange.userId, person.id));
  expect(wish).toMatchObject({ oldEmail: kept, newEmail: next.kept });
  const form = { email: spellings[2] ?? "" };
  expect((await ask(deleteAccount, { url: "/settings/account/delete", cookie, form })).status).toBe(303);
  expect(await db.$count(user, eq(user.id, person.id))).toBe(0);
});

test("text that is not an email address is refused at its field", async () => {
  for (const email of [
    "ann",
    "ann@",
    "ann@localhost",
    "a..b@person.test",
    "ann@пример",
    "a@b.test, c@d.test",
    "ünal@person.test",
  ]) {
    const { status, body } = await ask(forgotPassword, {
      url: "/forgot-password",
      form: { email },
      headers: headers(),
    });
    expect([status, Object.keys((body as { error: object }).error)], email).toEqual([400, ["email"]]);
  }
});
